import { type FleetTotals, patience, type Report } from '@evenkeel/core'

/** Keeps what each member told last, and its sums. Who has told nothing for three intervals is out of them. */
export class Store {
  readonly #interval: number
  /** In the order in which they were told. */
  readonly #told = new Map<number, { readonly report: Report; readonly at: number }>()
  #load = 0
  #weight = 0

  constructor(interval: number) {
    this.#interval = interval
  }

  tell(member: number, report: Report, now: number): FleetTotals {
    this.leave(member)
    this.#told.set(member, { report, at: now })
    this.#load += report.load
    this.#weight += report.weight
    for (const [other, { at }] of this.#told) {
      if (now - at <= patience * this.#interval) break
      this.leave(other)
    }
    return { load: this.#load, weight: this.#weight, members: this.#told.size }
  }

  leave(member: number): void {
    const told = this.#told.get(member)
    if (told === undefined) return
    this.#told.delete(member)
    this.#load -= told.report.load
    this.#weight -= told.report.weight
  }
}
