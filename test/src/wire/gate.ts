/** Waits for what callbacks bring about. */
export class Gate {
  readonly #waiting = new Set<() => void>()

  /** Something has changed: everyone who waits looks again. */
  notify(): void {
    for (const look of this.#waiting) look()
  }

  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }
}
