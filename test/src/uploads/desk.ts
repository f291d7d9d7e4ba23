import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { bodyOf } from '../apps/app.js'
import { Gate } from '../wire/gate.js'

/** How a handler takes an upload. */
export interface Way {
  readonly name: string
  readonly headers: string
  /** Whether the answer is sent while the upload still comes. */
  readonly early: boolean
  readonly take: RequestListener
}

const echo: RequestListener = (request, response) => {
  bodyOf(request).then(
    (body) => response.end(body),
    () => {},
  )
}

export const ways: readonly Way[] = [
  { name: 'an upload that is being read', headers: '', early: false, take: echo },
  {
    name: 'an upload that waits for its 100 Continue',
    headers: 'Expect: 100-continue\r\n',
    early: false,
    take: echo,
  },
  {
    name: 'an upload that is answered and read on',
    headers: '',
    early: true,
    take: (request, response) => {
      request.on('error', () => {}).resume()
      response.end('early')
    },
  },
  {
    name: 'an upload that is answered and read by nobody',
    headers: '',
    early: true,
    take: (_, response) => void response.end('early'),
  },
]

/** The two halves of an upload. */
export const firstHalf = ({ headers }: Way): string =>
  `POST /own/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n${headers}\r\nfirst`
export const secondHalf = '-half'

/** Takes one upload, and tells how far it has come. */
export class Desk {
  readonly #way: Way
  readonly #gate = new Gate()
  #arrived = false
  #answered = false
  /** Whether it came as a whole, when it is over. */
  #whole: boolean | undefined
  #goOn = (): void => {}

  constructor(way: Way) {
    this.#way = way
  }

  readonly listener: RequestListener = (request, response) => {
    this.#watch(request, response)
    this.#way.take(request, response)
  }

  /** Holds back the `100 Continue` until it is told. */
  readonly prepare = (server: Server): void => {
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      this.#watch(request, response)
      this.#goOn = () => {
        response.writeContinue()
        this.#way.take(request, response)
      }
    })
  }

  goOn(): void {
    this.#goOn()
  }

  /** Resolves when the first half is here, and answered if it is answered early. */
  begun(): Promise<void> {
    return this.#gate.until(() => this.#arrived && (this.#answered || !this.#way.early))
  }

  /** Resolves when the upload is over: true if all of it has come. */
  async over(): Promise<boolean> {
    await this.#gate.until(() => this.#whole !== undefined)
    return this.#whole === true
  }

  #watch(request: IncomingMessage, response: ServerResponse): void {
    const end = (): void => {
      this.#whole ??= request.complete
      this.#gate.notify()
    }
    request.once('end', end)
    // Node does not tell a request of its end whose answer is sent.
    request.socket.once('close', end)
    response.once('close', () => {
      this.#answered = true
      this.#gate.notify()
    })
    this.#arrived = true
    this.#gate.notify()
  }
}
