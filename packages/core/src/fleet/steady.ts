/** A time that never goes back, made of one that may. */
export class Steady {
  #last: number
  #offset = 0

  constructor(now: number) {
    this.#last = now
  }

  at(now: number): number {
    this.#offset += Math.max(0, this.#last - now)
    this.#last = now
    return now + this.#offset
  }
}
