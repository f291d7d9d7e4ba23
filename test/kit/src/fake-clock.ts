/** A clock that stands still until it is told, from 0 milliseconds on. */
export class FakeClock {
  #now = 0

  now(): number {
    return this.#now
  }

  /** Returns the time behind it. */
  advance(milliseconds: number): number {
    this.#now += milliseconds
    return this.#now
  }
}
