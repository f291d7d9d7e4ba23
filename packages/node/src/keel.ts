import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import {
  type ConnectionInfo,
  describe,
  type Event,
  type Limits,
  type Listener,
  type Reason,
  type Snapshot,
} from '@evenkeel/core'
import { plain } from './key.js'
import type { RequestHead } from './options.js'
import { retire } from './retire.js'
import { carrierOf } from './signal.js'
import { connectionOf, type Watch } from './watch.js'

/** What Even Keel does for one server, and the way to look at it. */
export interface Keel {
  /** The options in force, every default filled in. Frozen. */
  readonly limits: Limits<RequestHead>
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
  retire(connection: string | IncomingMessage | Http2ServerRequest, reason?: Reason): boolean
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

  get limits(): Limits<RequestHead> {
    return this.#watch.limits
  }

  snapshot(): Snapshot {
    return this.#watch.tracker.snapshot()
  }

  *connections(): Generator<ConnectionInfo> {
    const now = this.limits.clock.now()
    const connections = [...this.#watch.tracker].sort((a, b) => a.lastUsedAt - b.lastUsedAt)
    for (const connection of connections) yield describe(connection, now)
  }

  retire(target: string | IncomingMessage | Http2ServerRequest, reason: Reason = 'manual'): boolean {
    const { tracker, limits } = this.#watch
    const now = limits.clock.now()
    if (typeof target !== 'string') {
      const connection = connectionOf(carrierOf(target))
      return connection !== undefined && retire(connection, reason, now)
    }
    const key = plain(target)
    return (
      [...tracker].filter((connection) => connection.key === key && retire(connection, reason, now)).length >
      0
    )
  }

  detach(): void {
    const { tracker, limits } = this.#watch
    this.#restore()
    for (const connection of [...tracker]) {
      connection.transport.release()
      // A server tells of its own close before its last sockets tell of theirs.
      if (connection.transport.gone) tracker.close(connection, undefined, limits.clock.now())
      else tracker.forget(connection)
    }
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
