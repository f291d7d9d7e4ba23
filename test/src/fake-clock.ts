import type { Clock } from '@evenkeel/node'

/** A clock that stands still until it is told. */
export class FakeClock implements Clock {
  #now = 1_000_000

  now(): number {
    return this.#now
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds
  }
}
