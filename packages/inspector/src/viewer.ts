import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { keyOf, retireSignal } from '@evenkeel/node'

/** Node's requests and responses, of either protocol. */
export type Request = IncomingMessage | Http2ServerRequest
export type Response = ServerResponse | Http2ServerResponse

/** What both kinds of response have in common. */
interface Writable {
  write(text: string): boolean
}

/** A viewer that has not read for so many frames is taken for gone. */
const patience = 30

/** One page that is open: a response that is written a frame at a time, and never more than its client reads. */
export class Viewer {
  /** The connection that carries the stream. */
  readonly key: string
  /** Of its peer; behind a proxy all have the same. */
  readonly address: string
  /** Whether it has missed a frame, or not had any: its next one has to tell everything. */
  behind = true
  readonly #response: Response
  #blocked = false
  #over = false
  #skipped = 0

  constructor(request: Request, response: Response) {
    this.key = keyOf(request.socket)
    this.address = this.key.slice(0, this.key.lastIndexOf(':'))
    this.#response = response
    response.on('drain', () => {
      this.#blocked = false
    })
  }

  /** Says goodbye when the connection is retired, so that the page comes back on another one; tells of the end. */
  start(request: Request, ended: () => void): void {
    const signal = retireSignal(request)
    const goodbye = (): void => this.#end('goodbye')
    signal.addEventListener('abort', goodbye)
    // The connection's last response: it has been retired before.
    if (signal.aborted) goodbye()
    this.#response.on('close', () => {
      signal.removeEventListener('abort', goodbye)
      ended()
    })
    this.#response.on('error', () => {})
  }

  /** Whether it has been told that it ends, and so takes no place any more. */
  get over(): boolean {
    return this.#over
  }

  /** Ends it because another takes its place: the page says so, and does not come back by itself. */
  displace(): void {
    this.#end('displaced')
    if (this.#blocked) this.#response.destroy()
  }

  #end(event: string): void {
    this.#over = true
    this.#response.end(`event: ${event}\ndata:\n\n`)
  }

  /** @param frame what to send, asked for the whole story or for what is new; not asked while the client does not read. */
  show(frame: (complete: boolean) => string): void {
    if (this.#over || this.#blocked) {
      this.behind = true
      if (++this.#skipped >= patience) this.#response.destroy()
      return
    }
    this.#skipped = 0
    const response: Writable = this.#response
    this.#blocked = !response.write(`data: ${frame(this.behind)}\n\n`)
    this.behind = false
  }
}
