import { once } from 'node:events'
import type { Socket } from 'node:net'

/** The connections of the clients, by their own count. */
export class Sockets {
  readonly #open = new Set<Socket>()
  #opened = 0

  /** Connections that were opened until now. */
  get opened(): number {
    return this.#opened
  }

  /** Counts a socket once, however many requests it carries. */
  count(socket: Socket): void {
    if (this.#open.has(socket)) return
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
    // One that is never connected is no connection that anybody else could have counted.
    if (socket.connecting) socket.once('connect', () => this.#opened++)
    else this.#opened++
  }

  /** Resolves when no counted socket is open any more. */
  async closed(): Promise<void> {
    await Promise.all([...this.#open].map((socket) => once(socket, 'close')))
  }
}
