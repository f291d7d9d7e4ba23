/** An exponential average of what is measured in intervals, without the lag of its beginning. */
export class Average {
  readonly #window: number
  #sum = 0
  #weights = 0

  /** @param window in milliseconds. */
  constructor(window: number) {
    this.#window = window
  }

  add(value: number, elapsed: number): void {
    const kept = Math.exp(-elapsed / this.#window)
    this.#sum = this.#sum * kept + value * (1 - kept)
    this.#weights = this.#weights * kept + (1 - kept)
  }

  get value(): number {
    return this.#weights === 0 ? 0 : this.#sum / this.#weights
  }
}
