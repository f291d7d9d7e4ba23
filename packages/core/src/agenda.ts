/**
 * What has to be looked at again, and when. A pass over it costs what is due and no more: entries lie in
 * buckets of one period each, so that one timer serves all of them.
 */
export class Agenda<Entry> {
  readonly #period: number
  readonly #buckets = new Map<number, Entry[]>()
  #size = 0

  /** @param period the resolution in milliseconds: an entry comes up to one period late, never early. */
  constructor(period: number) {
    this.#period = period
  }

  get size(): number {
    return this.#size
  }

  add(at: number, entry: Entry): void {
    const bucket = Math.ceil(at / this.#period)
    const entries = this.#buckets.get(bucket)
    if (entries === undefined) this.#buckets.set(bucket, [entry])
    else entries.push(entry)
    this.#size++
  }

  /** Takes out everything that is due, the oldest bucket first. */
  takeDue(now: number): readonly Entry[] {
    const due = [...this.#buckets.keys()]
      .filter((bucket) => bucket * this.#period <= now)
      .sort((a, b) => a - b)
    return due.flatMap((bucket) => {
      const entries = this.#buckets.get(bucket) ?? []
      this.#buckets.delete(bucket)
      this.#size -= entries.length
      return entries
    })
  }

  clear(): void {
    this.#buckets.clear()
    this.#size = 0
  }
}
