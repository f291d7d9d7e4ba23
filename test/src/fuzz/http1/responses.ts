/** A response, or what a tunnel carried, as it came over the wire. */
export interface Response {
  readonly status: number
  /** The number of the request that the application answered with it; none if Node answered by itself. */
  readonly number: string | undefined
  /** Without `Connection` and `Keep-Alive`, which a mark changes. */
  readonly head: string
  /** The values of `Connection`, in lower case. */
  readonly connection: readonly string[]
  readonly body: string
  /** False where the end of what was received came too early. */
  readonly complete: boolean
}

/** What a client received, response by response. `isHead` tells whether a request had no body in its answer. */
export function parse(received: string, isHead: (number: string) => boolean): Response[] {
  const responses: Response[] = []
  let rest = received
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n')
    if (end === -1) {
      responses.push({ status: 0, number: undefined, head: rest, connection: [], body: '', complete: false })
      break
    }
    const lines = rest.slice(0, end).split('\r\n')
    const status = Number(lines[0]?.split(' ')[1])
    const number = valuesOf(lines, 'x-number')[0]
    const behind = rest.slice(end + 4)
    const { length, complete } = framed(behind, lines, status, number !== undefined && isHead(number))
    responses.push({
      status,
      number,
      head: lines.filter((line) => !/^(connection|keep-alive):/i.test(line)).join('\r\n'),
      connection: valuesOf(lines, 'connection').flatMap((value) => value.toLowerCase().split(/, */)),
      body: behind.slice(0, length),
      complete,
    })
    rest = behind.slice(length)
  }
  return responses
}

function valuesOf(lines: readonly string[], name: string): string[] {
  return lines
    .filter((line) => line.toLowerCase().startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).trim())
}

function framed(
  text: string,
  lines: readonly string[],
  status: number,
  isHead: boolean,
): { length: number; complete: boolean } {
  // Behind it is a tunnel.
  if (status === 101) return { length: text.length, complete: true }
  if (isHead || status < 200 || status === 204 || status === 304) return { length: 0, complete: true }
  // Node's own answers have no body, and say so in chunks or not at all.
  if (valuesOf(lines, 'x-number').length === 0)
    return { length: text.startsWith('0\r\n\r\n') ? 5 : 0, complete: true }
  if (valuesOf(lines, 'transfer-encoding').includes('chunked')) return chunked(text)
  const declared = valuesOf(lines, 'content-length')[0]
  // Until the end of the connection.
  if (declared === undefined) return { length: text.length, complete: true }
  return { length: Math.min(text.length, Number(declared)), complete: text.length >= Number(declared) }
}

function chunked(text: string): { length: number; complete: boolean } {
  for (let at = 0; ; ) {
    const line = text.indexOf('\r\n', at)
    const size = Number.parseInt(text.slice(at, line), 16)
    const end = size === 0 ? text.indexOf('\r\n\r\n', line) + 4 : line + size + 4
    if (line === -1 || end === 3 || !(end <= text.length)) return { length: text.length, complete: false }
    if (size === 0) return { length: end, complete: true }
    at = end
  }
}
