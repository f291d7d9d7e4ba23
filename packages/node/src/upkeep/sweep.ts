import { AsyncResource } from 'node:async_hooks'
import type { Server } from 'node:net'
import { period } from '../connection/coarse-clock.js'
import type { Watch } from '../connection/watch.js'
import { Expiry } from './expiry.js'

/** In how many passes every record is checked whether its transport has ended. */
const patrolPasses = 60

/** The sweep belongs to no request, so it runs in no request's async context. */
const outside = new AsyncResource('evenkeel.sweep')

/** The one timer of a server. It runs while there are connections, and keeps no process alive. */
export class Sweep {
  readonly #watch: Watch
  readonly #expiry: Expiry
  readonly #passed: () => void
  #timer: NodeJS.Timeout | undefined

  /** @param passed called after each pass. */
  constructor(watch: Watch, server: Server, passed: () => void) {
    this.#watch = watch
    this.#expiry = new Expiry(watch, server, outside)
    this.#passed = passed
  }

  start(): void {
    if (this.#timer !== undefined) return
    this.#expiry.start()
    this.#timer = outside.runInAsyncScope(() => setInterval(() => this.#pass(), period).unref())
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#expiry.stop()
  }

  #pass(): void {
    const { tracker, deadlines, makeRoom } = this.#watch
    const now = this.#watch.clock.read()
    // This comes before the pass ends connections itself: their `close` events are still to come.
    this.#findGone(now)
    for (const task of deadlines.takeDue(now)) task()
    this.#expiry.end(now)
    makeRoom()
    this.#passed()
    if (tracker.table.size === 0) {
      deadlines.clear()
      this.stop()
    }
  }

  /** A safety net, for records whose close was never seen. It ends no transport. */
  #findGone(now: number): void {
    const { tracker } = this.#watch
    for (const connection of tracker.table.patrol(patrolPasses)) {
      if (connection.transport.gone) tracker.close(connection, undefined, now)
    }
  }
}
