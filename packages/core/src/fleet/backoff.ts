/** How long shedding rests when it is found to be in vain, in milliseconds. */
const first = 60_000
const longest = 3_600_000

/** Rests that grow from one trial to the next. */
export class Backoff {
  #length = first
  #until = -Infinity

  isResting(now: number): boolean {
    return now < this.#until
  }

  rest(now: number): void {
    this.#until = now + this.#length
    this.#length = Math.min(longest, this.#length * 2)
  }

  /** It was not in vain. */
  clear(): void {
    this.#length = first
    this.#until = -Infinity
  }
}
