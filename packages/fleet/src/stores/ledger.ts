import type { FleetTotals, Report } from '@evenkeel/core'

interface Entry extends Report {
  readonly at: number
}

/** The last reports of the members of one group. */
export class Ledger {
  readonly #entries = new Map<string, Entry>()

  /** Puts a report in the place of the member's last one. */
  put(id: string, { load, weight }: Report, now: number): void {
    this.#entries.set(id, { load, weight, at: now })
  }

  /** The sums over the members that have reported within `expiry` milliseconds. The others are dropped. */
  totals(now: number, expiry: number): FleetTotals {
    const totals = { load: 0, weight: 0, members: 0 }
    for (const [other, entry] of this.#entries) {
      if (now - entry.at >= expiry) {
        this.#entries.delete(other)
        continue
      }
      totals.load += entry.load
      totals.weight += entry.weight
      totals.members++
    }
    return totals
  }

  leave(id: string): void {
    this.#entries.delete(id)
  }

  members(): ReadonlyMap<string, Report> {
    return new Map([...this.#entries].map(([id, { load, weight }]) => [id, { load, weight }]))
  }
}

/** The ledgers of all groups. */
export class Ledgers {
  readonly #byGroup = new Map<string, Ledger>()

  of(group: string): Ledger {
    const ledger = this.#byGroup.get(group) ?? new Ledger()
    this.#byGroup.set(group, ledger)
    return ledger
  }
}
