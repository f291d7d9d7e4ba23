/**
 * Entries, and when each is due. They lie in buckets of one period each. So one timer serves all of them, and a pass
 * costs no more than what is due.
 */
export class Deadlines<Entry> {
  readonly #period: number
  readonly #buckets = new Map<number, Set<{ readonly entry: Entry }>>()

  /** @param period the resolution in milliseconds: an entry comes up to one period late, never early. */
  constructor(period: number) {
    this.#period = period
  }

  get size(): number {
    return [...this.#buckets.values()].reduce((size, bucket) => size + bucket.size, 0)
  }

  /** Returns a function that removes the entry, so that an entry without a use is not kept in memory. */
  add(at: number, entry: Entry): () => void {
    const key = Math.ceil(at / this.#period)
    const bucket = this.#buckets.get(key) ?? new Set()
    const slot = { entry }
    this.#buckets.set(key, bucket.add(slot))
    return () => {
      bucket.delete(slot)
      if (bucket.size === 0 && this.#buckets.get(key) === bucket) this.#buckets.delete(key)
    }
  }

  /** Removes and returns everything that is due, the oldest bucket first. */
  takeDue(now: number): readonly Entry[] {
    const due = [...this.#buckets.keys()].filter((key) => key * this.#period <= now).sort((a, b) => a - b)
    return due.flatMap((key) => {
      const bucket = this.#buckets.get(key) ?? []
      this.#buckets.delete(key)
      return [...bucket].map(({ entry }) => entry)
    })
  }

  clear(): void {
    this.#buckets.clear()
  }
}
