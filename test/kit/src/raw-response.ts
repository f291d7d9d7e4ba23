/** A response as it came over the wire. */
export interface RawResponse {
  readonly status: number
  /** The head to the letter, without the empty line behind it. */
  readonly head: string
  /** By lower-case name; a repeated header's values are joined with a comma. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** What stands behind a chunked body, to the letter. */
  readonly trailers: string
}

/** Reads the first response of a text, if it is whole. `over`: nothing comes behind the text. */
export function parseResponse(
  text: string,
  method: string,
  over: boolean,
): { response: RawResponse; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const head = text.slice(0, end)
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value)
  }
  const status = Number(statusLine.split(' ')[1])
  const framed = parseBody(
    text.slice(end + 4),
    headers,
    method === 'HEAD' || status < 200 || status === 204 || status === 304,
    over,
  )
  if (framed === undefined) return undefined
  const { body, trailers = '', length } = framed
  return { response: { status, head, headers, body, trailers }, length: end + 4 + length }
}

interface Framed {
  readonly body: string
  readonly trailers?: string
  readonly length: number
}

function parseBody(
  text: string,
  headers: ReadonlyMap<string, string>,
  none: boolean,
  over: boolean,
): Framed | undefined {
  if (none) return { body: '', length: 0 }
  if (headers.get('transfer-encoding') === 'chunked') return parseChunks(text)
  const declared = headers.get('content-length')
  if (declared === undefined) return over ? { body: text, length: text.length } : undefined
  const length = Number(declared)
  return text.length >= length ? { body: text.slice(0, length), length } : undefined
}

function parseChunks(text: string): Framed | undefined {
  let body = ''
  let at = 0
  for (;;) {
    const line = text.indexOf('\r\n', at)
    if (line === -1) return undefined
    const size = Number.parseInt(text.slice(at, line), 16)
    if (size === 0) {
      const end = text.indexOf('\r\n\r\n', line)
      return end === -1 ? undefined : { body, trailers: text.slice(line + 2, end + 2), length: end + 4 }
    }
    const next = line + 2 + size + 2
    if (text.length < next) return undefined
    body += text.slice(line + 2, line + 2 + size)
    at = next
  }
}
