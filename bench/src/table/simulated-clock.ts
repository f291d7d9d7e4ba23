import type { Clock } from '@evenkeel/node'

/** A clock that stands still until it is told, from 0 milliseconds on. */
export class SimulatedClock implements Clock {
  #now = 0

  now(): number {
    return this.#now
  }

  advance(milliseconds: number): number {
    this.#now += milliseconds
    return this.#now
  }
}
