import { type Connection, isAsleep } from '@evenkeel/core'
import { endIdle } from '../connection/end-idle.js'
import { destroy } from '../connection/retire.js'
import type { Transport, Watch } from '../connection/watch.js'
import { Beginnings } from './beginnings.js'

/** The connections that a drain has retired and that are still open, and how the others have ended. */
export class Leaving {
  readonly #watch: Watch
  readonly #connections = new Set<Connection<Transport>>()
  readonly #beginnings = new Beginnings()
  #start = -Infinity
  closedPolitely = 0
  closedIdle = 0
  destroyed = 0

  constructor(watch: Watch) {
    this.#watch = watch
  }

  get size(): number {
    return this.#connections.size
  }

  add(connection: Connection<Transport>): void {
    this.#connections.add(connection)
    if (connection.lastUsedAt > this.#start) this.#beginnings.settle(connection)
  }

  /**
   * Notes what has come on connections that are about to be added, because some are ended as soon as they are added.
   */
  listen(connections: Iterable<Connection<Transport>>, now: number): void {
    this.#start = now
    for (const connection of connections) this.#beginnings.settle(connection)
  }

  /** Removes those that have ended by themselves. */
  settle(): void {
    for (const connection of this.#connections) {
      if (!hasLeft(connection)) continue
      this.#remove(connection)
      this.closedPolitely++
    }
  }

  /**
   * Ends idle connections that nobody seems to use any more.
   *
   * @param others how many others may be ended whose quiet guard is over.
   */
  endIdle(now: number, quiet: number, others: number): void {
    const { quietGuard } = this.#watch.limits
    let left = others
    for (const connection of this.#connections) {
      if (!connection.isIdle || now - this.#watch.clock.lastUseOf(connection) < quietGuard) {
        this.#beginnings.settle(connection)
        continue
      }
      const { transport } = connection
      const isSession = transport.protocol === 'http/2' && !this.#watch.tracker.dryRun
      // GOAWAY has told its client, which closes it.
      if (isSession && connection.isEnding) continue
      if (this.#beginnings.isBeginning(connection, now, others === Infinity ? quietGuard : quiet)) continue
      const isGone =
        now - this.#watch.clock.lastUseOf(connection) >= quiet && isAsleep(connection, now, quiet)
      if (!isGone && left-- <= 0) continue
      // One that opened during the drain and has sent no request.
      if (isSession) {
        transport.retired()
        continue
      }
      endIdle(connection, 'drain', now)
      this.#remove(connection)
      this.closedIdle++
    }
  }

  /** Stops waiting for clients that have their last response and do not close. */
  endWaiting(now: number): void {
    const { quietGuard } = this.#watch.limits
    for (const connection of this.#connections) {
      if (connection.stage === 'waiting' && now - this.#watch.clock.lastUseOf(connection) >= quietGuard)
        connection.transport.destroy()
    }
  }

  /** Cuts what is left. */
  destroy(now: number): void {
    for (const connection of this.#connections) {
      destroy(connection, now)
      this.#remove(connection)
      this.destroyed++
    }
  }

  #remove(connection: Connection<Transport>): void {
    this.#connections.delete(connection)
    this.#beginnings.forget(connection)
  }
}

/** In a dry run a connection is no longer retired when it stands for its client's next connection. */
function hasLeft({ stage, retired }: Connection<Transport>): boolean {
  return stage === 'closed' || retired === undefined
}
