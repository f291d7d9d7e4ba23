import { type Connection, type FleetTotals, memberDefaults, type Report } from '@evenkeel/core'
import type { Random, Rule } from 'evenkeel/simulation'

/** Which part of the surplus leaves at a time. */
const part = 0.5

/** Sheds the surplus, whichever connections it is made of: what choosing the heaviest is compared with. */
export class AtRandom<Transport> implements Rule<Transport> {
  readonly status = undefined
  readonly #random: Random
  #connections: {
    readonly connection: Connection<Transport>
    seen: number
    average: number
    rate: number
  }[] = []
  #load = 0
  #measuredAt = 0

  constructor(random: Random) {
    this.#random = random
  }

  opened(connection: Connection<Transport>): void {
    this.#connections.push({ connection, seen: 0, average: 0, rate: 0 })
  }

  measure(now: number): Report {
    const kept = Math.exp((this.#measuredAt - now) / memberDefaults.window)
    const elapsed = now - this.#measuredAt
    this.#measuredAt = now
    this.#connections = this.#connections.filter(
      ({ connection }) => connection.stage !== 'closed' && connection.retired === undefined,
    )
    this.#load = 0
    for (const each of this.#connections) {
      const { connection, seen } = each
      each.average = each.average * kept + ((connection.requests - seen) / elapsed) * 1_000 * (1 - kept)
      each.seen = connection.requests
      const age = Math.max(now - connection.openedAt, elapsed)
      each.rate = each.average / (1 - Math.exp(-age / memberDefaults.window))
      this.#load += each.rate
    }
    return { load: this.#load, weight: 1 }
  }

  decide(totals: FleetTotals): readonly Connection<Transport>[] {
    const fair = totals.load / totals.members
    const chance = 3 / Math.sqrt((fair * memberDefaults.window) / 1_000)
    if (this.#load <= fair * (1 + Math.hypot(memberDefaults.tolerance, chance))) return []
    const chosen: Connection<Transport>[] = []
    const left = [...this.#connections]
    const surplus = this.#load - fair
    for (let rest = surplus * part; rest > 0 && left.length > 0; ) {
      const [each] = left.splice(this.#random.below(left.length), 1)
      if (each === undefined || each.rate === 0 || each.rate > surplus) continue
      chosen.push(each.connection)
      rest -= each.rate
    }
    return chosen
  }

  lost(): void {}
}
