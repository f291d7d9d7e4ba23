import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { connect as connectSecurely, createSecureContext, type SecureContext } from 'node:tls'
import { parseResponse, type RawResponse } from './raw-response.js'

export type { RawResponse }

/** What a request may have besides its path; `headers` are whole lines. */
export interface RawRequest {
  readonly method?: string
  readonly version?: '1.0' | '1.1'
  readonly headers?: string
  readonly body?: string
}

/** Where to connect to: a port, or a unix socket. */
export type Target = Route & ({ readonly port: number } | { readonly path: string })

/** How a client gets there, and from which port. */
export interface Route {
  readonly host?: string
  readonly secure?: boolean
  /** Whether the client keeps its side open when the server has ended its own. Default false. */
  readonly halfOpen?: boolean
  readonly from?: { readonly localAddress?: string; readonly localPort?: number }
}

let context: SecureContext | undefined

/** One for all clients, without Node's root certificates: to collect those takes a fifth of a handshake's CPU. */
function secureContext(): SecureContext {
  context ??= createSecureContext({ ca: [] })
  return context
}

/** A client that sends what it is told and reads bytes: what it says of headers and FIN is what came. */
export class RawClient {
  readonly socket: Socket
  readonly connected: Promise<unknown>
  /** How the server ended the connection. */
  readonly ended: Promise<'fin' | 'reset'>
  /** How the server sees this client; read at once, because a closed socket forgets its address. */
  key = ''
  readonly #transport: Socket
  #received = ''
  #over = false

  static async connect(target: Target): Promise<RawClient> {
    const client = RawClient.open(target)
    await client.connected
    return client
  }

  /** A client that is about to connect. What it sends before leaves when it is connected. */
  static open({ secure = false, halfOpen = false, from = {}, ...target }: Target): RawClient {
    const transport = connect({
      host: '127.0.0.1',
      ...target,
      ...from,
      allowHalfOpen: halfOpen,
      noDelay: true,
    })
    const socket = secure
      ? connectSecurely({
          socket: transport,
          rejectUnauthorized: false,
          secureContext: secureContext(),
        })
      : transport
    return new RawClient(socket, transport, secure ? 'secureConnect' : 'connect')
  }

  private constructor(socket: Socket, transport: Socket, connected: 'connect' | 'secureConnect') {
    this.socket = socket
    this.#transport = transport
    socket.once(connected, () => {
      this.key = `${transport.localAddress}:${transport.localPort}`
    })
    // Node tells of the handshake within OpenSSL's read. A TLS socket that is destroyed there is freed in use.
    this.connected = once(socket, connected).then(() =>
      connected === 'secureConnect' ? setImmediate() : undefined,
    )
    // A test that does not wait for it learns of a failure from `ended`.
    this.connected.catch(() => {})
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
