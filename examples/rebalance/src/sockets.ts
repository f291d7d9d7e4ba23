import { once } from 'node:events'
import type { Socket } from 'node:net'
import { createHistogram } from 'node:perf_hooks'
import type { Percentiles } from './messages.js'

/** The connections of the clients, by their own count. */
export class Sockets {
  /** When each was connected. */
  readonly #open = new Map<Socket, number>()
  readonly #lives = createHistogram()
  #opened = 0

  /** Connections that were opened until now. */
  get opened(): number {
    return this.#opened
  }

  /** Counts a socket once, however many requests it carries. */
  count(socket: Socket): void {
    if (this.#open.has(socket)) return
    this.#open.set(socket, performance.now())
    socket.once('close', () => this.#open.delete(socket))
    // One that is never connected is no connection that anybody else could have counted.
    if (socket.connecting) socket.once('connect', () => this.#opened++)
    else this.#opened++
  }

  /** The server has ended it. */
  ended(socket: Socket): void {
    const life = performance.now() - (this.#open.get(socket) ?? Number.NaN)
    if (life > 0) this.#lives.record(Math.max(1, Math.round(life)))
  }

  /** How long those lived that a server has ended; nothing where there were none. */
  get lives(): Percentiles | undefined {
    if (this.#lives.count === 0) return undefined
    return { p50: this.#lives.percentile(50), p99: this.#lives.percentile(99) }
  }

  /** Resolves when no counted socket is open any more. */
  async closed(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((socket) => once(socket, 'close')))
  }
}
