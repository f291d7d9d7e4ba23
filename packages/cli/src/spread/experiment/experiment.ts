import type { Budget } from '../../command/budget.js'
import { Random } from '../../simulation/random.js'
import { Connection } from '../client/connection.js'
import { isEnd } from '../client/ended.js'
import type { Target } from '../client/target.js'
import { judgeReach } from '../judge/layer.js'
import type { Closed, Seen } from '../judge/seen.js'
import { shuffled } from '../judge/shuffled.js'
import type { By } from '../names/by.js'
import { firstWave, type Plan } from '../plan.js'
import { makeGap } from './gap.js'
import { inParallel } from './in-parallel.js'
import { findBy, nameServers } from './naming.js'
import { type Record, Records } from './record.js'
import { sources } from './sources.js'

/** So many answers of each connection are enough to see which field names the server, and whether it stays the same. */
const firstRequests = 3

/** So many requests are under way at once, and as many connections in a row may fail. */
const atOnce = 10

export interface Look {
  /** Nothing where no field tells servers apart. */
  readonly by: By | undefined
  readonly seen: Seen
}

const nothing: Seen = { connections: [], closed: undefined }

export type Progress = (text: string) => void

/** Opens connections one after the other, sends requests on each, and keeps them open. */
export class Experiment {
  readonly records: Records
  readonly #plan: Plan
  readonly #target: Target
  readonly #budget: Budget
  readonly #progress: Progress
  readonly #sources: Iterator<string>
  readonly #random = new Random(3)
  #closed: Closed | undefined

  constructor(plan: Plan, target: Target, budget: Budget, progress: Progress) {
    this.records = new Records(plan.by)
    this.#plan = plan
    this.#target = target
    this.#budget = budget
    this.#progress = progress
    this.#sources = sources(plan.from)
  }

  /** Resolves when all is sent, or as soon as the signal aborts. */
  async run(): Promise<void> {
    const { connections, requests } = this.#plan
    const first = firstWave(this.#plan)
    await this.#open(first, false)
    await this.#send(Math.min(firstRequests, requests))
    const { by, seen } = this.look()
    this.records.by = by
    if (by !== undefined && judgeReach(seen.connections) === 'one') {
      const open = this.records.all.filter(({ connection }) => connection.isOpen)
      this.#closed = await makeGap(open, by, connections - first)
    }
    await this.#open(connections - first, this.#closed !== undefined)
    await this.#send(requests)
  }

  /** Closes all connections. */
  end(): void {
    for (const { connection } of this.records.all) connection.destroy()
  }

  /** What is known by now. */
  look(): Look {
    const by = findBy(this.records, this.#plan.from)
    return { by, seen: by === undefined ? nothing : nameServers(this.records, by, this.#closed) }
  }

  /** One at a time: only so is the order of the balancer's choices known. */
  async #open(count: number, isLater: boolean): Promise<void> {
    let inVain = 0
    for (let opened = 0; opened < count && inVain < atOnce && !this.#target.signal.aborted; opened++) {
      this.#budget.takeConnection()
      const connection = new Connection(this.#target, this.#sources.next().value)
      const record = this.records.opened(connection, isLater)
      inVain = (await this.#ask(record)) ? 0 : inVain + 1
      this.#progress(`${this.records.all.length} of ${this.#plan.connections} connections opened`)
    }
  }

  /**
   * Sends on every connection that is open until it has had so many answers, each time in another order. In the same order,
   * 60 connections and 3 servers in turns, each request would be led to the same server as the one before it.
   */
  async #send(requests: number): Promise<void> {
    for (let round = 2; round <= requests && !this.#target.signal.aborted; round++) {
      const due = this.records.all.filter(
        ({ connection, replies }) => connection.isOpen && replies.length < round,
      )
      await inParallel(shuffled(due, this.#random), atOnce, async (record) => {
        if (!this.#target.signal.aborted && record.connection.isOpen) await this.#ask(record)
      })
      this.#progress(`request ${round} of ${this.#plan.requests} on ${due.length} connections`)
    }
  }

  async #ask(record: Record): Promise<boolean> {
    const { connection } = record
    this.#budget.takeRequests()
    const isFirst = record.replies.length === 0
    try {
      this.records.answered(record, await connection.send())
      return true
    } catch (error) {
      // A server may end a connection at any moment, also when a request is on its way: that is no failure.
      const isEnded = !isFirst && isEnd(error)
      const { aborted } = this.#target.signal
      if (!isEnded && !aborted) this.records.failed(error)
      record.isClosedByUs = !isEnded || aborted
      connection.destroy()
      return false
    }
  }
}
