/** How often, in milliseconds. */
const period = 5_000

/** The one timer of a server: runs while there is something to sweep, and keeps no process alive. */
export class Sweep {
  readonly #pass: () => boolean
  #timer: NodeJS.Timeout | undefined

  /** @param pass one pass over what has expired; false if nothing is left to sweep. */
  constructor(pass: () => boolean) {
    this.#pass = pass
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#pass() || this.stop(), period).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
