import type { DrainLimits, DrainReport } from '@evenkeel/core'
import type { Watch } from '../watch.js'
import { Drain } from './drain.js'

/** The drains of one server: at most one of everything, and any number of shares. */
export class Drains {
  readonly #watch: Watch
  readonly #active = new Set<Drain>()
  #whole: Drain | undefined

  constructor(watch: Watch) {
    this.#watch = watch
  }

  /** Another drain while everything leaves joins that one. */
  async drain(limits: DrainLimits, signal: AbortSignal | undefined): Promise<DrainReport> {
    signal?.throwIfAborted()
    const drain = this.#whole ?? new Drain(this.#watch, limits)
    if (drain === this.#whole) drain.hasten(limits)
    else if (limits.fraction === 1) this.#whole = drain
    this.#active.add(drain)
    this.#watch.exact = true
    const cancel = (): void => drain.cancel(signal?.reason)
    signal?.addEventListener('abort', cancel)
    try {
      return await drain.report
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.#active.delete(drain)
      if (this.#whole === drain) this.#whole = undefined
      if (this.#active.size === 0) this.#watch.exact = this.#watch.limits.maxConnections !== Infinity
    }
  }

  cancel(reason: unknown): void {
    for (const drain of this.#active) drain.cancel(reason)
  }
}
