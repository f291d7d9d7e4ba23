import type { Limits } from '@evenkeel/core'
import { decideExactness } from '../connection/exactness.js'
import type { Watch } from '../connection/watch.js'
import type { HttpServer, RequestHead } from '../options/options.js'
import { limitConnections } from './capacity.js'
import { Journal } from './journal.js'
import { extension, hasKeepAlive, tuneTimeouts } from './timeouts.js'

/** Applies the limits in force to the server itself and to all of its connections. */
export class Tuning {
  readonly #server: HttpServer
  readonly #watch: Watch
  readonly #journal: Journal
  #restoreTimeouts = (): void => {}
  #restoreCapacity = (): void => {}

  constructor(server: HttpServer, watch: Watch) {
    this.#server = server
    this.#watch = watch
    this.#journal = new Journal(server)
  }

  /**
   * @param before the limits until now. What stays the same is not set again, because others may have set it since.
   */
  apply(before?: Limits<RequestHead>): void {
    const found = this.#journal.look()
    const { limits, tracker } = this.#watch
    const changed = (...names: (keyof Limits)[]): boolean =>
      before === undefined || names.some((name) => !Object.is(before[name], limits[name]))
    if (changed('idleTimeout', 'tuneTimeouts', 'dryRun')) this.#tuneTimeouts()
    if (changed('maxConnections', 'dryRun')) this.#limitConnections()
    tracker.table.ordered = limits.maxConnections !== Infinity
    tracker.table.fair = limits.maxConnections !== Infinity && limits.fairEviction
    decideExactness(this.#watch)
    if (before === undefined) this.#journal.attached(found, () => this.#watch.limits)
    else this.#journal.changed(found, before, limits)
  }

  /** Leaves the server as it was found. */
  restore(): void {
    const found = this.#journal.look()
    this.#restoreTimeouts()
    this.#restoreCapacity()
    this.#journal.detached(found)
  }

  #tuneTimeouts(): void {
    const { idleTimeout, tuneTimeouts: isWanted, dryRun } = this.#watch.limits
    const tuned = isWanted && !dryRun && hasKeepAlive(this.#server)
    this.#restoreTimeouts()
    this.#watch.idleTimer.tuned = tuned
    this.#watch.idleTimer.extension = tuned ? extension(this.#server, idleTimeout) : 0
    this.#restoreTimeouts = tuned ? tuneTimeouts(this.#server, idleTimeout) : () => {}
  }

  #limitConnections(): void {
    const { maxConnections, dryRun } = this.#watch.limits
    this.#restoreCapacity()
    this.#restoreCapacity = limitConnections(this.#server, dryRun ? Infinity : maxConnections)
  }
}
