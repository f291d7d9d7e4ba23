import type { Random } from './random.js'

/** How requests follow each other: at random, or with pauses of half to one and a half of the mean. */
export type Pace = 'random' | 'regular'

/** From so many expected requests on, they are drawn as one number. */
const many = 16

/** Where so many are expected within a gap, none is that long: it would come once in 10^13 pauses. */
const dense = 30

/** When the requests of a connection's client come. Milliseconds. */
export class Arrivals {
  /** The next one. */
  next: number
  /** The last one that was taken. */
  last: number
  readonly #rate: number
  readonly #pace: Pace
  readonly #random: Random

  /** @param rate requests per second. */
  constructor(rate: number, pace: Pace, random: Random, now: number) {
    this.#rate = rate / 1_000
    this.#pace = pace
    this.#random = random
    this.last = now
    // Clients that begin together have not all sent a request just now.
    this.next = now + (pace === 'random' ? this.#pause() : random.uniform() / this.#rate)
  }

  /**
   * Takes the requests that come until then, as far as no pause between them is longer than `gap`.
   *
   * @returns how many, which is at most `most`.
   */
  take(until: number, most: number, gap: number): number {
    const expected = (until - this.next) * this.#rate
    if (expected > many && this.#pace === 'random' && gap * this.#rate > dense) {
      return this.#leap(until, most, expected)
    }
    let count = 0
    while (count < most && this.next <= until) {
      count++
      this.last = this.next
      this.next += this.#pause()
      if (this.next - this.last > gap) break
    }
    return count
  }

  /** How many requests follow the next one is drawn first, and then when the last of them comes. */
  #leap(until: number, most: number, expected: number): number {
    const first = this.next
    const count = 1 + this.#random.poisson(expected)
    if (count < most) {
      this.last = Math.max(first, until - this.#pause())
      this.next = until + this.#pause()
      return count
    }
    const part = most === 1 ? 0 : this.#random.ranked(most - 1, count - 1)
    this.last = first + (until - first) * part
    this.next = this.last + this.#pause()
    return most
  }

  #pause(): number {
    const part = this.#pace === 'random' ? this.#random.exponential() : 0.5 + this.#random.uniform()
    return part / this.#rate
  }
}
