import type { Connection } from '@evenkeel/core'

/** TLS connections whose handshake is not done, by both ends of their sockets. */
export class Handshakes<Transport> {
  readonly #byEnds = new Map<string, Connection<Transport>>()
  #areSeen = true

  /** Whether handshakes are watched: their ends tell them apart. */
  get areSeen(): boolean {
    return this.#areSeen
  }

  get size(): number {
    return this.#byEnds.size
  }

  add(ends: string, connection: Connection<Transport>): void {
    this.#byEnds.set(ends, connection)
  }

  at(ends: string): Connection<Transport> | undefined {
    return this.#byEnds.get(ends)
  }

  /**
   * Removes a handshake, unless another one has the same ends by now: a port can be used again before the close of
   * its last socket.
   */
  forget(ends: string, transport: Transport): void {
    if (this.#byEnds.get(ends)?.transport === transport) this.#byEnds.delete(ends)
  }

  /** Stops watching handshakes, because their ends do not tell them apart. Returns those that were watched. */
  giveUp(): readonly Connection<Transport>[] {
    this.#areSeen = false
    return [...this.#byEnds.values()]
  }
}
