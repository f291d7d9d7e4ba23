import { AsyncResource } from 'node:async_hooks'
import type { Server } from 'node:net'
import { endIdle } from './end.js'
import type { Watch } from './watch.js'

/** How often a pass runs, in milliseconds. */
export const period = 1_000

/** In how many passes every record is asked whether its transport has ended. */
const patrolPasses = 60

/** The sweep belongs to no request, so it runs in no request's async context. */
const outside = new AsyncResource('evenkeel.sweep')

/** The one timer of a server: runs while there are connections, and keeps no process alive. */
export class Sweep {
  readonly #watch: Watch
  readonly #server: Server
  readonly #passed: () => void
  #timer: NodeJS.Timeout | undefined
  #hasListened = false

  /** @param passed called behind each pass. */
  constructor(watch: Watch, server: Server, passed: () => void) {
    this.#watch = watch
    this.#server = server
    this.#passed = passed
  }

  start(): void {
    if (this.#timer !== undefined) return
    this.#hasListened ||= this.#server.listening
    this.#timer = outside.runInAsyncScope(() => setInterval(() => this.#pass(), period).unref())
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #pass(): void {
    const { tracker, agenda, limits, makeRoom } = this.#watch
    const now = limits.clock.now()
    this.#watch.now = now
    for (const task of agenda.takeDue(now)) task()
    this.#endUnused(now)
    this.#findGone(now)
    makeRoom()
    this.#passed()
    if (tracker.size === 0) {
      agenda.clear()
      this.stop()
    }
  }

  /**
   * Ends connections on which no request ever came, and, once the server has stopped listening, those past their
   * age: Node has stopped its own timers for them then, and would wait for them for ever.
   */
  #endUnused(now: number): void {
    const { tracker, limits } = this.#watch
    this.#hasListened ||= this.#server.listening
    const isClosing = this.#hasListened && !this.#server.listening
    if (!isClosing && !limits.tuneTimeouts) return
    const patience = isClosing ? limits.quietGuard : limits.idleTimeout
    for (const connection of tracker.unusedSince(now - patience)) {
      const isPast =
        isClosing && (connection.requests === 0 || now - connection.openedAt >= connection.ageLimit)
      if (isPast || connection.transport.silent) endIdle(connection, 'idle-timeout', now)
    }
  }

  /** A safety net, for records whose close was never seen. It ends no transport. */
  #findGone(now: number): void {
    const { tracker } = this.#watch
    for (const connection of tracker.patrol(patrolPasses)) {
      if (connection.transport.gone) tracker.close(connection, undefined, now)
    }
  }
}
