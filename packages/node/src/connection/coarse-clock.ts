import type { Clock, Connection } from '@evenkeel/core'
import { system } from '../options/system.js'

/** The time between two readings by the sweep, in milliseconds. */
export const period = 1_000

/**
 * A clock that is read once a second: reading the real one costs as much as all other work for a request. While last
 * uses must be exact, it is also read at each use.
 */
export class CoarseClock {
  /** The time of the last reading. While there are connections, it is about a second old at most. */
  now: number
  /** Since this time last uses are known to the millisecond. `Infinity` while that does not matter. */
  #exactSince = Infinity
  /** How much later than its record a last use may have been, at most, in milliseconds. */
  #inexactness = period
  readonly #clock: Clock
  readonly #isUsed: () => boolean
  /** A clock from the user may go at any speed. It is read for every request. */
  readonly #isForeign: boolean

  /** @param isUsed whether there are connections. Without any, nothing was used between two readings. */
  constructor(clock: Clock, isUsed: () => boolean) {
    this.#clock = clock
    this.#isUsed = isUsed
    this.#isForeign = clock !== system.clock
    this.now = clock.now()
  }

  /** Reads the clock. Two readings are a second apart, or as long as the event loop stands still. */
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

  /** Whether last uses have to be exact. They have to while idle connections may be closed. */
  set exact(isWanted: boolean) {
    if (isWanted === (this.#exactSince !== Infinity)) return
    this.#exactSince = isWanted ? this.read() : Infinity
  }

  /** The latest possible time of a connection's last use. */
  lastUseOf({ lastUsedAt }: Pick<Connection, 'lastUsedAt'>): number {
    if (lastUsedAt >= this.#exactSince) return lastUsedAt
    return Math.min(this.#exactSince, lastUsedAt + this.#inexactness)
  }

  /** How much later than its record a last use may have been, if it was after `since`, in milliseconds. */
  inexactnessSince(since: number): number {
    return this.#exactSince > since ? this.#inexactness : 0
  }
}
