import { setTimeout as wait } from 'node:timers/promises'
import type { Budget } from '../../command/budget.js'
import { Connection } from '../client/connection.js'
import type { Target } from '../client/target.js'
import { inParallel } from '../experiment/in-parallel.js'
import { sources } from '../experiment/sources.js'
import type { By } from '../names/by.js'
import { readName } from '../names/fields.js'
import { freshPerSecond, type Plan } from '../plan.js'
import type { Second } from './second.js'

/** So many requests are under way at once. */
const atOnce = 10

/** Keeps connections open with a request a second on each, as clients do, and opens a few new ones to see what they see. */
export class Watch {
  readonly #kept: Connection[]
  readonly #target: Target
  readonly #budget: Budget
  readonly #by: By

  constructor(plan: Plan, target: Target, budget: Budget, by: By) {
    const from = sources(plan.from)
    this.#kept = Array.from({ length: plan.connections }, () => new Connection(target, from.next().value))
    this.#target = target
    this.#budget = budget
    this.#by = by
  }

  /** Resolves when the plan's time is over or the signal aborts. */
  async run({ watch }: Plan, show: (seconds: readonly Second[]) => void): Promise<readonly Second[]> {
    const { signal } = this.#target
    const seconds: Second[] = []
    let due = performance.now()
    while (seconds.length < watch) {
      // What a slow second has missed is not made up for by a burst.
      due = Math.max(due + 1_000, performance.now())
      await wait(due - performance.now(), undefined, { signal }).catch(() => {})
      if (signal.aborted) break
      const second = await this.#pass()
      if (signal.aborted) break
      seconds.push(seconds.length === 0 ? { ...second, reopened: 0 } : second)
      show(seconds)
    }
    for (const connection of this.#kept) connection.destroy()
    return seconds
  }

  async #pass(): Promise<Second> {
    const kept: string[] = []
    const fresh: string[] = []
    let reopened = 0
    let failed = 0
    const ask = async (connection: Connection, names: string[]): Promise<void> => {
      this.#budget.takeRequests()
      try {
        const name = readName(this.#by, await connection.send())
        if (name !== undefined) names.push(name)
      } catch {
        connection.destroy()
        failed++
      }
    }
    await inParallel([...this.#kept.keys()], atOnce, async (place) => {
      let connection = this.#kept[place] as Connection
      if (!connection.isOpen) {
        connection = this.#open(connection.from)
        this.#kept[place] = connection
        reopened++
      }
      await ask(connection, kept)
    })
    for (let each = 0; each < freshPerSecond && !this.#target.signal.aborted; each++) {
      const connection = this.#open(this.#kept[each % this.#kept.length]?.from ?? '')
      await ask(connection, fresh)
      await connection.close()
    }
    return { kept, fresh, reopened, failed }
  }

  #open(from: string): Connection {
    this.#budget.takeConnection()
    return new Connection(this.#target, from)
  }
}
