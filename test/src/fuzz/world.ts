/** What one script has at one server: what happened to its requests, and those that wait. */
export class World {
  /** What the application saw, in order. */
  readonly seen: string[] = []
  /** How many timers run. */
  timers = 0
  readonly #waiting = new Map<string, (() => void)[]>()

  note(what: string): void {
    this.seen.push(what)
  }

  soon(next: () => void): void {
    this.timers++
    setTimeout(() => {
      this.timers--
      next()
    }, 1)
  }

  wait(number: string, next: () => void): void {
    const others = this.#waiting.get(number) ?? []
    this.#waiting.set(number, [...others, next])
  }

  /** The request of this number goes on. */
  release(number: string): void {
    const [next, ...others] = this.#waiting.get(number) ?? []
    this.#waiting.set(number, others)
    next?.()
  }

  /** The lowest number that waits. */
  get nextWaiting(): string | undefined {
    const numbers = [...this.#waiting].filter(([, { length }]) => length > 0).map(([number]) => number)
    return numbers.sort((a, b) => Number(a) - Number(b))[0]
  }
}
