import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { exchange, request } from './exchange.js'

/**
 * A fixed number of keep-alive connections, one request in flight on each. It reads no HTTP: all responses are
 * as long as the first, so that counting bytes is enough, and the server is what the processors are busy with.
 */
export class Load {
  readonly response: string
  readonly #sockets: readonly Socket[]
  readonly #size: number
  #unsent = 0
  #unanswered = 0
  #done: () => void = () => {}

  private constructor(sockets: readonly Socket[], response: string) {
    this.#sockets = sockets
    this.#size = response.length
    this.response = response.replace(/^Date: .*$/im, 'Date: …')
    for (const socket of sockets) this.#count(socket)
  }

  /** Connects, and learns from a first request what a response looks like. */
  static async open(port: number, connections: number): Promise<Load> {
    const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
    const [first] = sockets as [Socket]
    return new Load(sockets, await exchange(first))
  }

  /** Sends so many requests, as fast as they are answered. */
  send(requests: number): Promise<void> {
    this.#unsent = requests
    this.#unanswered = requests
    return new Promise((resolve) => {
      this.#done = resolve
      for (const socket of this.#sockets) this.#next(socket)
    })
  }

  close(): void {
    for (const socket of this.#sockets) socket.removeAllListeners('close').destroy()
  }

  #next(socket: Socket): void {
    if (this.#unsent === 0) return
    this.#unsent--
    socket.write(request)
  }

  #count(socket: Socket): void {
    let received = 0
    socket.on('close', () => {
      throw new Error('the server closed a connection: no limit is in reach, so this is a bug')
    })
    socket.on('data', (bytes) => {
      received += bytes.length
      if (received < this.#size) return
      if (received > this.#size) throw new Error('the server sent more than the response to one request')
      received = 0
      if (--this.#unanswered === 0) this.#done()
      else this.#next(socket)
    })
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  await once(socket, 'connect')
  return socket
}
