import { AsyncResource } from 'node:async_hooks'
import {
  type Connection,
  type Departure,
  type DrainLimits,
  type DrainReport,
  hasten,
  sample,
  spread,
  type Totals,
} from '@evenkeel/core'
import { retire } from '../connection/retire.js'
import type { Transport, Watch } from '../connection/watch.js'
import { Leaving } from './leaving.js'

/** How many steps a window has, unless a step would be too short or too long. */
const stepsInWindow = 200

/** In milliseconds. */
const shortestStep = 10
const longestStep = 1_000

/** The last part of the time. In it the drain no longer waits for the next request of an idle connection. */
const lastPart = 0.1

/** A drain belongs to no request. */
const outside = new AsyncResource('evenkeel.drain')

/** Retires connections, each at a moment of its own, and waits until they have ended. */
export class Drain {
  readonly report: Promise<DrainReport>
  readonly #watch: Watch
  readonly #limits: DrainLimits
  readonly #start: number
  readonly #before: Totals
  readonly #isRehearsal: boolean
  readonly #connections: number
  readonly #leaving: Leaving
  #newcomers = 0
  #end: number
  /** When the drain destroys what is left. */
  #cut: number
  /** The connections that are still to leave, sorted by their moments. */
  #departures: Departure<Transport>[]
  #timer: NodeJS.Timeout | undefined
  #resolve: (report: DrainReport) => void = () => {}
  #reject: (reason: unknown) => void = () => {}

  constructor(watch: Watch, limits: DrainLimits) {
    const { tracker } = watch
    const { clock, random } = watch.limits
    this.#watch = watch
    this.#limits = limits
    this.#before = tracker.totals()
    this.#isRehearsal = tracker.dryRun
    this.#start = clock.now()
    this.#end = this.#start + limits.within
    this.#cut = this.#end + limits.grace
    this.#leaving = new Leaving(watch)
    const chosen = sample([...tracker], Math.round(tracker.table.size * limits.fraction), random)
    this.#connections = chosen.length
    this.#leaving.listen(chosen, this.#start)
    this.#departures = spread(chosen, this.#start, limits, random)
    this.report = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    if (limits.fraction === 1) watch.service.newcomers.add(this.#welcome)
    this.#schedule()
    tracker.drain(chosen.length, limits.fraction)
  }

  /** Brings the end and the cut forward. It never postpones them. */
  hasten({ within, grace }: DrainLimits): void {
    const now = this.#watch.limits.clock.now()
    this.#cut = Math.min(this.#cut, now + within + grace)
    if (now + within >= this.#end) return
    this.#departures = hasten(this.#departures, now, within / (this.#end - now))
    this.#end = now + within
    this.#schedule()
  }

  /**
   * Ends the drain if it is a rehearsal, because the dry run is over: those that left in it are still there. True if
   * it was one.
   */
  endRehearsal(): boolean {
    if (!this.#isRehearsal || this.#watch.tracker.dryRun) return false
    if (this.#timer !== undefined) this.#finish(true)
    return true
  }

  /** Stops retiring. What is retired stays retired. A drain whose work is done ends well all the same. */
  cancel(reason: unknown): void {
    if (this.#timer === undefined || this.endRehearsal()) return
    this.#settle()
    if (this.#isOver) {
      this.#finish()
      return
    }
    this.#stop()
    this.#reject(reason)
    this.#watch.tracker.drained(this.#tell(), true)
  }

  /**
   * A new connection leaves after its first response. The drain does not wait for one that comes after the window.
   */
  readonly #welcome = (connection: Connection<Transport>): void => {
    this.#watch.tracker.retire(connection, 'drain', connection.openedAt)
    if (connection.openedAt >= this.#end) return
    this.#leaving.add(connection)
    this.#newcomers++
  }

  get #isOver(): boolean {
    if (this.#watch.service.unseen && this.#watch.limits.clock.now() < this.#end) return false
    return this.#departures.length === 0 && this.#leaving.size === 0
  }

  /** The timer keeps the process alive, because somebody waits for the report. */
  #schedule(): void {
    clearInterval(this.#timer)
    const left = this.#end - this.#watch.limits.clock.now()
    const step = Math.min(longestStep, Math.max(shortestStep, left / stepsInWindow))
    // This runs after the reads of a turn. So a request that has arrived is seen before its connection is taken for
    // idle.
    const pass = (): unknown => setImmediate(() => this.#pass(step))
    this.#timer = outside.runInAsyncScope(() => setInterval(pass, step))
    outside.runInAsyncScope(pass)
  }

  #pass(step: number): void {
    if (this.#timer === undefined || this.endRehearsal()) return
    const now = this.#watch.limits.clock.now()
    const isLast = now >= this.#end
    while (this.#departures[0] !== undefined && (isLast || this.#departures[0].at <= now)) this.#depart(now)
    this.#settle()
    this.#leaving.endIdle(now, this.#limits.quiet, this.#othersMayEnd(now, step))
    if (isLast) this.#leaving.endWaiting(now)
    if (now >= this.#cut) this.#leaving.destroy(now)
    if (this.#isOver) this.#finish()
  }

  #settle(): void {
    const open = this.#departures.filter(({ connection }) => connection.stage !== 'closed')
    this.#leaving.closedPolitely += this.#departures.length - open.length
    this.#departures = open
    this.#leaving.settle()
  }

  #depart(now: number): void {
    const departure = this.#departures.shift()
    if (departure === undefined) return
    retire(departure.connection, 'drain', now)
    this.#leaving.add(departure.connection)
  }

  /**
   * How many idle connections end in this step although they may be used again. It is none until the last part of the
   * time, and then an equal share for each step. The time includes the grace, if that has an end.
   */
  #othersMayEnd(now: number, step: number): number {
    const last = this.#cut === Infinity ? this.#end : this.#cut
    if (now >= last) return Infinity
    if (now < last - lastPart * this.#limits.within) return 0
    return Math.ceil((this.#leaving.size * step) / (last - now))
  }

  #finish(stopped = false): void {
    this.#stop()
    const report = this.#tell()
    this.#resolve(report)
    this.#watch.tracker.drained(report, stopped)
  }

  #tell(): DrainReport {
    const { requests, late } = this.#watch.tracker.totals()
    const { closedPolitely, closedIdle, destroyed } = this.#leaving
    return Object.freeze({
      connections: this.#connections,
      newcomers: this.#newcomers,
      closedPolitely,
      closedIdle,
      destroyed,
      requests: requests - this.#before.requests,
      lateRequests: late - this.#before.late,
      duration: this.#watch.limits.clock.now() - this.#start,
    })
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#watch.service.newcomers.delete(this.#welcome)
  }
}
