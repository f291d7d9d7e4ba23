import type { IncomingMessage } from 'node:http'
import {
  type ConnectionInfo,
  describe,
  type Event,
  type Limits,
  type Listener,
  type Reason,
  type Snapshot,
} from '@evenkeel/core'
import { release } from './accept.js'
import { normalizeKey } from './key.js'
import { connectionOf, type Watch } from './transport.js'

/** What Even Keel does for one server, and the way to look at it. */
export interface Keel {
  /** The options in force, every default filled in. Frozen. */
  readonly limits: Limits<IncomingMessage>
  /** Connections by state, totals by reason, distributions. */
  snapshot(): Snapshot
  /** Every open connection, the longest unused first. */
  connections(): Iterable<ConnectionInfo>
  /**
   * Retires one connection, by its key (`remoteAddress:remotePort`) or by a request on it: its next response
   * says `Connection: close`. False if there is no such connection or it was retired before.
   *
   * @param reason default `manual`.
   */
  retire(connection: string | IncomingMessage, reason?: Reason): boolean
  /** Stops, and leaves the server as it was found. Connections stay open. Totals stay readable. */
  detach(): void
  on<Type extends Event['type']>(type: Type, listener: Listener<Type>): this
  off<Type extends Event['type']>(type: Type, listener: Listener<Type>): this
}

export class ServerKeel implements Keel {
  readonly #watch: Watch
  readonly #restore: () => void

  constructor(watch: Watch, restore: () => void) {
    this.#watch = watch
    this.#restore = restore
  }

  get limits(): Limits<IncomingMessage> {
    return this.#watch.limits
  }

  snapshot(): Snapshot {
    return this.#watch.tracker.snapshot()
  }

  *connections(): Generator<ConnectionInfo> {
    const now = this.limits.clock.now()
    for (const connection of this.#watch.tracker) yield describe(connection, now)
  }

  retire(target: string | IncomingMessage, reason: Reason = 'manual'): boolean {
    const { tracker, limits } = this.#watch
    const connection =
      typeof target === 'string' ? tracker.get(normalizeKey(target)) : connectionOf(target.socket)
    return connection !== undefined && tracker.retire(connection, reason, limits.clock.now())
  }

  detach(): void {
    const { tracker, limits } = this.#watch
    this.#restore()
    for (const connection of tracker) {
      release(connection)
      // A server tells of its own close before its last sockets tell of theirs.
      if (connection.transport.socket.destroyed) tracker.close(connection, limits.clock.now())
    }
    tracker.forget()
  }

  on<Type extends Event['type']>(type: Type, listener: Listener<Type>): this {
    this.#watch.tracker.events.on(type, listener)
    return this
  }

  off<Type extends Event['type']>(type: Type, listener: Listener<Type>): this {
    this.#watch.tracker.events.off(type, listener)
    return this
  }
}
