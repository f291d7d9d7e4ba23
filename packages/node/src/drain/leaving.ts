import { type Connection, isAsleep, isEnding, isIdle } from '@evenkeel/core'
import { endIdle } from '../connection/end-idle.js'
import { destroy } from '../connection/retire.js'
import type { Transport, Watch } from '../connection/watch.js'
import { Beginnings } from './beginnings.js'

/** The connections that a drain has retired and that have not ended, and how the others have. */
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

  /** Listens to those that are to be added: some are ended at once then. */
  listen(connections: Iterable<Connection<Transport>>, now: number): void {
    this.#start = now
    for (const connection of connections) this.#beginnings.settle(connection)
  }

  /** Lets go of those that have ended by themselves. */
  settle(): void {
    for (const connection of this.#connections) {
      if (!hasLeft(connection)) continue
      this.#remove(connection)
      this.closedPolitely++
    }
  }

  /**
   * Ends idle ones that nobody seems to use any more.
   *
   * @param others how many others may be ended, if only the quiet guard is over.
   */
  endIdle(now: number, quiet: number, others: number): void {
    const { quietGuard } = this.#watch.limits
    let left = others
    for (const connection of this.#connections) {
      if (!isIdle(connection) || now - this.#watch.clock.lastUseOf(connection) < quietGuard) {
        this.#beginnings.settle(connection)
        continue
      }
      const { transport } = connection
      const isSession = transport.protocol === 'http/2' && !this.#watch.tracker.dryRun
      // It has been told by GOAWAY, and closes.
      if (isSession && isEnding(connection)) continue
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

  /** Waits no longer for clients that have their last response and do not close. */
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

/** In a dry run a connection is retired no more once it stands for its client's next one. */
function hasLeft({ stage, retired }: Connection<Transport>): boolean {
  return stage === 'closed' || retired === undefined
}
