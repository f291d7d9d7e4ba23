import { AsyncResource } from 'node:async_hooks'
import type { Server } from 'node:net'
import { shortage } from '@evenkeel/core'
import { endIdle } from '../connection/end-idle.js'
import type { Watch } from '../connection/watch.js'
import { capacityOf } from '../tuning/capacity.js'

/** How many connections make room in one turn of the event loop, at most: as many as nginx closes at a time. */
const batch = 32

/**
 * How many times as long as the quiet guard a connection must be unused to make room for a peer that holds the
 * most itself and uses all of it.
 */
const patience = 10

/** Room is made on behalf of no request. */
const outside = new AsyncResource('evenkeel.eviction')

/** Keeps some of the places of a server free, by ending idle connections. */
export class Eviction {
  readonly #watch: Watch
  readonly #server: Server
  #scheduled = false
  /** The address that has asked for room last: those that come next are likely its own. */
  #newcomer: string | undefined

  constructor(watch: Watch, server: Server) {
    this.#watch = watch
    this.#server = server
  }

  /**
   * Makes room ahead of need and behind this turn's reading: a request that has arrived is seen before its
   * connection is taken for idle. Only the last place is made at once.
   *
   * @returns false if there are more connections than there may be.
   * @param newcomer the address whose connection was opened, or refused, just now.
   */
  make(newcomer?: string, isFull?: boolean): boolean {
    const capacity = this.#capacity
    if (capacity === Infinity) return true
    const { tracker } = this.#watch
    this.#newcomer = newcomer ?? this.#newcomer
    if (newcomer !== undefined && (isFull ?? tracker.table.present >= capacity)) this.#evict(newcomer)
    if (!this.#scheduled && this.#shortage > 0) {
      this.#scheduled = true
      outside.runInAsyncScope(setImmediate, undefined, () => this.#makeBatch())
    }
    return tracker.table.present <= capacity
  }

  get #capacity(): number {
    return capacityOf(this.#server, this.#watch.limits.maxConnections)
  }

  get #shortage(): number {
    return shortage(this.#watch.tracker.table.present, this.#capacity)
  }

  #makeBatch(): void {
    this.#scheduled = false
    for (let made = 0; made < batch; made++) {
      if (this.#shortage === 0 || !this.#evict(this.#newcomer, true)) return
    }
    this.make()
  }

  /** False if there is nobody who may be evicted now. */
  #evict(newcomer: string | undefined, ahead = false): boolean {
    const { tracker, limits, clock } = this.#watch
    const now = limits.clock.now()
    const { quietGuard } = limits
    // An update that sets the first bound finds times of last use that are not exact.
    const late = now - clock.inexactnessSince(now - quietGuard)
    const connection = tracker.table.next(late - quietGuard, late - patience * quietGuard, newcomer, ahead)
    if (connection === undefined) return false
    endIdle(connection, 'evicted', now)
    return true
  }
}
