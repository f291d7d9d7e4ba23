import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { connect as connectSecurely } from 'node:tls'

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

/** What a request may have besides its path; `headers` are whole lines. */
export interface RawRequest {
  readonly method?: string
  readonly version?: '1.0' | '1.1'
  readonly headers?: string
  readonly body?: string
}

/** Where to connect to, and from which port. */
export interface Target {
  readonly port: number
  readonly host?: string
  readonly secure?: boolean
  /** Whether the client keeps its side open when the server has ended its own. Default false. */
  readonly halfOpen?: boolean
  readonly from?: { readonly localAddress?: string; readonly localPort?: number }
}

/** A client that sends what it is told and reads bytes: what it says of headers and FIN is what came. */
export class RawClient {
  readonly socket: Socket
  /** How the server ended the connection. */
  readonly ended: Promise<'fin' | 'reset'>
  /** How the server sees this client; read at once, because a closed socket forgets its address. */
  key = ''
  readonly #transport: Socket
  #received = ''
  #over = false

  static async connect({
    port,
    host = '127.0.0.1',
    secure = false,
    halfOpen = false,
    from = {},
  }: Target): Promise<RawClient> {
    const transport = connect({ port, host, allowHalfOpen: halfOpen, noDelay: true, ...from })
    const socket = secure ? connectSecurely({ socket: transport, rejectUnauthorized: false }) : transport
    const client = new RawClient(socket, transport)
    await once(socket, secure ? 'secureConnect' : 'connect')
    client.key = `${transport.localAddress}:${transport.localPort}`
    // Node tells of the handshake within OpenSSL's read. A TLS socket that is destroyed there is freed in use.
    if (secure) await setImmediate()
    return client
  }

  private constructor(socket: Socket, transport: Socket) {
    this.socket = socket
    this.#transport = transport
    socket.setEncoding('latin1')
    socket.on('data', (data) => {
      this.#received += data
      socket.emit('progress')
    })
    this.ended = new Promise((resolve) => {
      socket.once('end', () => resolve('fin'))
      socket.once('error', () => resolve('reset'))
      socket.once('close', () => {
        this.#over = true
        resolve('reset')
        socket.emit('progress')
      })
    })
  }

  /** What has arrived and was not read as a response. */
  get rest(): string {
    return this.#received
  }

  send(text: string): void {
    this.socket.write(text)
  }

  /** Sends, and waits until all of it has left this process. */
  sent(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.write(text, (error) => (error ? reject(error) : resolve()))
    })
  }

  /** Sends a request and reads its response. */
  async request(
    path: string,
    { method = 'GET', version = '1.1', headers = '', body = '' }: RawRequest = {},
  ): Promise<RawResponse> {
    const length = body === '' ? '' : `Content-Length: ${body.length}\r\n`
    this.send(`${method} ${path} HTTP/${version}\r\nHost: localhost\r\n${length}${headers}\r\n${body}`)
    return this.response(method)
  }

  /** Reads the next response; an error if the connection ends before it is whole. */
  async response(method = 'GET'): Promise<RawResponse> {
    for (;;) {
      const found = parseResponse(this.#received, method, this.#over)
      if (found !== undefined) {
        this.#received = this.#received.slice(found.length)
        return found.response
      }
      if (this.#over)
        throw new Error(`the connection ended within a response: ${JSON.stringify(this.#received)}`)
      await once(this.socket, 'progress')
    }
  }

  /** Ends without a goodbye (RST), which frees the port at once. */
  reset(): void {
    // Node cannot reset a socket that is ending: it would never close, and keep the process from its end.
    if (this.socket.writableEnded) this.#transport.destroy()
    else this.#transport.resetAndDestroy()
  }

  close(): void {
    this.socket.destroy()
  }
}

function parseResponse(
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
