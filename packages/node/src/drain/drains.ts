import type { DrainLimits, DrainReport } from '@evenkeel/core'
import { decideExactness } from '../connection/exactness.js'
import type { Watch } from '../connection/watch.js'
import { Drain } from './drain.js'

/** The drains of one server: at most one of all connections, and any number of shares. */
export class Drains {
  readonly #watch: Watch
  /** How many wait for each. */
  readonly #waiting = new Map<Drain, number>()
  #whole: Drain | undefined

  constructor(watch: Watch) {
    this.#watch = watch
  }

  /**
   * Joins a drain of all connections that is under way. The signal ends this wait, and stops the drain if nobody else
   * waits.
   */
  async drain(limits: DrainLimits, signal: AbortSignal | undefined): Promise<DrainReport> {
    signal?.throwIfAborted()
    const drain = this.#join(limits)
    this.#waiting.set(drain, (this.#waiting.get(drain) ?? 0) + 1)
    let letGo = (): void => {}
    const aborted = new Promise<never>((_, reject) => {
      letGo = () => reject(signal?.reason)
    })
    signal?.addEventListener('abort', letGo)
    try {
      return await Promise.race([drain.report, aborted])
    } finally {
      signal?.removeEventListener('abort', letGo)
      this.#leave(drain, signal?.reason)
    }
  }

  cancel(reason: unknown): void {
    for (const drain of this.#waiting.keys()) drain.cancel(reason)
  }

  #join(limits: DrainLimits): Drain {
    if (this.#whole?.endRehearsal()) this.#whole = undefined
    if (this.#whole !== undefined) {
      if (limits.fraction === 1) this.#whole.hasten(limits)
      return this.#whole
    }
    const drain = new Drain(this.#watch, limits)
    // Those who wait for the report get the error.
    drain.report.catch(() => {})
    if (limits.fraction === 1) {
      this.#whole = drain
      // A server that only rehearses stays.
      if (!this.#watch.tracker.dryRun) this.#watch.fleet.leave()
    }
    this.#watch.service.draining = true
    decideExactness(this.#watch)
    return drain
  }

  #leave(drain: Drain, reason: unknown): void {
    const others = (this.#waiting.get(drain) ?? 1) - 1
    this.#waiting.set(drain, others)
    if (others > 0) return
    this.#waiting.delete(drain)
    drain.cancel(reason)
    if (this.#whole === drain) this.#whole = undefined
    if (this.#waiting.size > 0) return
    this.#watch.service.draining = false
    decideExactness(this.#watch)
    if (this.#watch.service.ready) this.#watch.fleet.join()
  }
}
