import { AsyncResource } from 'node:async_hooks'
import type { Watch } from './watch.js'

/** How often a pass runs, in milliseconds. */
export const period = 1_000

/** How long a record may be unused, in milliseconds, before it is asked whether its transport has ended. */
const unused = 60_000

/** The sweep belongs to no request, so it runs in no request's async context. */
const outside = new AsyncResource('evenkeel.sweep')

/** The one timer of a server: runs while there are connections, and keeps no process alive. */
export class Sweep {
  readonly #watch: Watch
  readonly #passed: () => void
  #timer: NodeJS.Timeout | undefined

  /** @param passed called behind each pass. */
  constructor(watch: Watch, passed: () => void) {
    this.#watch = watch
    this.#passed = passed
  }

  start(): void {
    this.#timer ??= outside.runInAsyncScope(() => setInterval(() => this.#pass(), period).unref())
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #pass(): void {
    const { tracker, agenda, limits } = this.#watch
    const now = limits.clock.now()
    this.#watch.now = now
    for (const task of agenda.takeDue(now)) task()
    // A safety net, for records whose close was never seen. It ends no transport.
    tracker.sweep(now - unused, ({ transport }) => transport.gone, now)
    this.#passed()
    if (tracker.size === 0) {
      agenda.clear()
      this.stop()
    }
  }
}
