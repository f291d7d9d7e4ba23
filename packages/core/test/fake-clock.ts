import type { Clock } from '@evenkeel/core'

/** A clock that stands still until it is told. */
export class FakeClock implements Clock {
  #now = 0

  now(): number {
    return this.#now
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds
  }
}
