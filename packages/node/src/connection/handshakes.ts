import type { Connection } from '@evenkeel/core'

/** TLS connections that have not come further, by both ends of their sockets. */
export class Handshakes<Transport> {
  readonly #byEnds = new Map<string, Connection<Transport>>()
  #areSeen = true

  /** Whether they can be told by their ends. */
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

  /** Unless another has the same ends by now: a port can be used again before its last close is told. */
  forget(ends: string, transport: Transport): void {
    if (this.#byEnds.get(ends)?.transport === transport) this.#byEnds.delete(ends)
  }

  /** They cannot be told by their ends: none is watched from here on. Returns those that were. */
  giveUp(): readonly Connection<Transport>[] {
    this.#areSeen = false
    return [...this.#byEnds.values()]
  }
}
