/** When a connection is in use, and for how long it was idle when it ended. */
export class Use {
  #isAsked = false
  /** Since when no answer has been under way; nothing while one comes. */
  #quietSince: number | undefined
  #asked = 0
  #idle: number | undefined

  /** Milliseconds from the last answer to the end, or to the request that met the end; nothing before the end. */
  get idle(): number | undefined {
    return this.#idle
  }

  asked(): void {
    this.#isAsked = true
    this.#asked = performance.now()
  }

  /** An answer begins. */
  answers(): void {
    this.#quietSince = undefined
  }

  /** An answer is complete. */
  answered(): void {
    this.#isAsked = false
    this.#quietSince = performance.now()
  }

  ended(): void {
    const quietUntil = this.#isAsked ? this.#asked : performance.now()
    this.#idle ??= this.#quietSince === undefined ? 0 : quietUntil - this.#quietSince
  }
}
