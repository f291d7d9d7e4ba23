import { AsyncResource } from 'node:async_hooks'
import {
  type Connection,
  type Departure,
  type DrainLimits,
  type DrainReport,
  hasten,
  isAsleep,
  isIdle,
  sample,
  spread,
  type Totals,
} from '@evenkeel/core'
import { endIdle } from '../end.js'
import { retire } from '../retire.js'
import { period } from '../sweep.js'
import type { Transport, Watch } from '../watch.js'

/** Part of the window that one step takes, within the bounds below. */
const stepsInWindow = 200

/** In milliseconds. */
const shortestStep = 10
const longestStep = 1_000

/** Behind this part of the window the quiet guard is enough. */
const lastTenth = 0.9

/** A drain belongs to no request. */
const outside = new AsyncResource('evenkeel.drain')

/** Retires connections, each at a moment of its own, and waits until they have ended. */
export class Drain {
  readonly report: Promise<DrainReport>
  readonly #watch: Watch
  readonly #limits: DrainLimits
  readonly #start: number
  readonly #before: Totals
  readonly #count: number
  #end: number
  #grace: number
  /** Those whose moment has not come, by that moment. */
  #departures: Departure<Transport>[]
  /** Those that are retired and have not ended. */
  readonly #leaving = new Set<Connection<Transport>>()
  #newcomers = 0
  #closedPolitely = 0
  #closedIdle = 0
  #destroyed = 0
  #timer: NodeJS.Timeout | undefined
  #resolve: (report: DrainReport) => void = () => {}
  #reject: (reason: unknown) => void = () => {}

  constructor(watch: Watch, limits: DrainLimits) {
    const { tracker } = watch
    this.#watch = watch
    this.#limits = limits
    this.#grace = limits.grace
    this.#before = tracker.totals()
    this.#start = watch.limits.clock.now()
    this.#end = this.#start + limits.within
    const { random } = watch.limits
    const chosen = sample([...tracker], Math.round(tracker.size * limits.fraction), random)
    this.#count = chosen.length
    this.#departures = spread(chosen, this.#start, limits, random)
    this.report = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    if (limits.fraction === 1) watch.newcomers.add(this.#welcome)
    this.#schedule()
  }

  /** Only ever to a sooner end: nobody was promised less time than the first call gave. */
  hasten({ within, grace }: DrainLimits): void {
    const now = this.#watch.limits.clock.now()
    this.#grace = Math.min(this.#grace, grace)
    if (now + within >= this.#end) return
    const factor = within / (this.#end - now)
    this.#end = now + within
    this.#departures = hasten(this.#departures, now, factor)
    this.#schedule()
  }

  /** Retires no more. What is retired stays so. */
  cancel(reason: unknown): void {
    this.#stop()
    this.#reject(reason)
  }

  /** It leaves behind its first response. */
  readonly #welcome = (connection: Connection<Transport>): void => {
    this.#watch.tracker.retire(connection, 'drain', connection.openedAt)
    this.#leaving.add(connection)
    this.#newcomers++
  }

  #schedule(): void {
    clearInterval(this.#timer)
    const left = this.#end - this.#watch.limits.clock.now()
    const step = Math.min(longestStep, Math.max(shortestStep, left / stepsInWindow))
    this.#timer = outside.runInAsyncScope(() => setInterval(() => this.#pass(step), step).unref())
    outside.runInAsyncScope(setImmediate, undefined, () => this.#pass(step))
  }

  #pass(step: number): void {
    if (this.#timer === undefined) return
    const now = this.#watch.limits.clock.now()
    const due = this.#departures.findIndex(({ at }) => at > now)
    const departing = this.#departures.splice(0, due === -1 ? this.#departures.length : due)
    for (const { connection } of departing) {
      retire(connection, 'drain', now)
      this.#leaving.add(connection)
    }
    this.#endIdle(now, step)
    if (now >= this.#end + this.#grace) this.#destroy()
    if (now >= this.#end) this.#watch.newcomers.delete(this.#welcome)
    if (this.#departures.length === 0 && this.#leaving.size === 0) this.#finish(now)
  }

  /** In the last tenth those that were quiet for a shorter time leave as well, spread over what is left of it. */
  #endIdle(now: number, step: number): void {
    const { within, quiet } = this.#limits
    const { quietGuard } = this.#watch.limits
    const isLast = now >= this.#end - within * (1 - lastTenth)
    let quota = now >= this.#end ? Infinity : Math.ceil((this.#leaving.size * step) / (this.#end - now))
    for (const connection of this.#leaving) {
      if (connection.closed) {
        this.#leaving.delete(connection)
        this.#closedPolitely++
      } else if (connection.ending === 'waiting' && now >= this.#end + quietGuard) {
        connection.transport.end()
      } else if (this.#isUnused(connection, now, quietGuard)) {
        if (!isAsleep(connection, now, quiet) && !(isLast && quota-- > 0)) continue
        endIdle(connection, 'drain', now)
        this.#leaving.delete(connection)
        this.#closedIdle++
      }
    }
  }

  #destroy(): void {
    for (const connection of this.#leaving) {
      if (!isIdle(connection)) this.#watch.tracker.destroy(connection)
      connection.transport.destroy()
      this.#leaving.delete(connection)
      this.#destroyed++
    }
  }

  #finish(now: number): void {
    this.#stop()
    const { requests, late } = this.#watch.tracker.totals()
    this.#resolve(
      Object.freeze({
        connections: this.#count,
        newcomers: this.#newcomers,
        closedPolitely: this.#closedPolitely,
        closedIdle: this.#closedIdle,
        destroyed: this.#destroyed,
        requests: requests - this.#before.requests,
        lateRequests: late - this.#before.late,
        duration: now - this.#start,
      }),
    )
  }

  /** Until the drain began it was enough to know the last use to within a second. */
  #isUnused(connection: Connection<Transport>, now: number, since: number): boolean {
    const { lastUsedAt } = connection
    const used = lastUsedAt < this.#start ? Math.min(this.#start, lastUsedAt + period) : lastUsedAt
    return isIdle(connection) && now - used >= since
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#watch.newcomers.delete(this.#welcome)
  }
}
