import { AsyncResource } from 'node:async_hooks'
import type { Server } from 'node:net'
import { shortage } from '@evenkeel/core'
import { endIdle } from '../connection/end-idle.js'
import type { Watch } from '../connection/watch.js'
import { capacityOf } from '../tuning/capacity.js'

/** How many connections make room in one turn of the event loop, at most. nginx closes as many at a time. */
const batch = 32

/**
 * How many quiet guards a connection must be unused before it makes room for a peer that holds the most connections
 * itself and uses all of them.
 */
const patience = 10

/** Eviction belongs to no request. */
const outside = new AsyncResource('evenkeel.eviction')

/** Keeps some of the places of a server free, by ending idle connections. */
export class Eviction {
  readonly #watch: Watch
  readonly #server: Server
  #scheduled = false
  /** The address of the last newcomer. The next connections are likely its own. */
  #newcomer: string | undefined

  constructor(watch: Watch, server: Server) {
    this.#watch = watch
    this.#server = server
  }

  /**
   * Makes room ahead of need, after the reads of this turn. So a request that has arrived is seen before its
   * connection is taken for idle. Only when the last place is taken, room is made at once.
   *
   * @returns false if there are more connections than allowed.
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

  /** False if no connection may be evicted now. */
  #evict(newcomer: string | undefined, ahead = false): boolean {
    const { tracker, limits, clock } = this.#watch
    const now = limits.clock.now()
    const { quietGuard } = limits
    // When an update sets the first bound, the times of last use are not exact yet.
    const late = now - clock.inexactnessSince(now - quietGuard)
    const connection = tracker.table.next(late - quietGuard, late - patience * quietGuard, newcomer, ahead)
    if (connection === undefined) return false
    endIdle(connection, 'evicted', now)
    return true
  }
}
