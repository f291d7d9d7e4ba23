import type { Clock, Connection } from '@evenkeel/core'
import { system } from '../options/system.js'

/** How long is between two readings by the sweep, in milliseconds. */
export const period = 1_000

/**
 * A clock that is read once a second: to read the real one costs as much as all else that is done for a request. Where
 * it matters to the millisecond when a connection was last used, it is read for that too.
 */
export class CoarseClock {
  /** When the clock was last read. While there are connections, that is about a second ago at most. */
  now: number
  /** From here on last uses are known to the millisecond. `Infinity` while that does not matter. */
  #exactSince = Infinity
  /** How much later than it is known a last use may have been at most, in milliseconds. */
  #inexactness = period
  readonly #clock: Clock
  readonly #isUsed: () => boolean
  /** A clock that a user has given may go as it likes: it is read for every request. */
  readonly #isForeign: boolean

  /** @param isUsed whether there are connections: between readings without any, nothing was used. */
  constructor(clock: Clock, isUsed: () => boolean) {
    this.#clock = clock
    this.#isUsed = isUsed
    this.#isForeign = clock !== system.clock
    this.now = clock.now()
  }

  /** Between two readings is a second, or however long the event loop stands still. */
  read(): number {
    const now = this.#clock.now()
    if (this.#isUsed()) this.#inexactness = Math.max(this.#inexactness, now - this.now)
    this.now = now
    return now
  }

  /** The time at which a request arrives. */
  arrival(): number {
    return this.#isForeign ? this.read() : this.now
  }

  /** The time of a last use. */
  use(): number {
    return this.#exactSince === Infinity ? this.now : this.#clock.now()
  }

  /** Whether last uses have to be exact: while some connections may have to be closed idle. */
  set exact(isWanted: boolean) {
    if (isWanted === (this.#exactSince !== Infinity)) return
    this.#exactSince = isWanted ? this.read() : Infinity
  }

  /** The latest time at which a connection may have been used last. */
  lastUseOf({ lastUsedAt }: Pick<Connection, 'lastUsedAt'>): number {
    if (lastUsedAt >= this.#exactSince) return lastUsedAt
    return Math.min(this.#exactSince, lastUsedAt + this.#inexactness)
  }

  /** How much later than it is known a last use may have been that lies behind `since`, in milliseconds. */
  inexactnessSince(since: number): number {
    return this.#exactSince > since ? this.#inexactness : 0
  }
}
