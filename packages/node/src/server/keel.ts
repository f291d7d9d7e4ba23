import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import {
  type ConnectionInfo,
  type DrainOptions,
  type DrainReport,
  type Event,
  type FleetMember,
  invalid,
  type Limits,
  type Listener,
  parseDrainOptions,
  type Reason,
  type Snapshot,
} from '@evenkeel/core'
import { connectionOf } from '../connection/carrier.js'
import { plain } from '../connection/key.js'
import { retire } from '../connection/retire.js'
import { carrierOf } from '../connection/retire-signal.js'
import type { Watch } from '../connection/watch.js'
import { Drains } from '../drain/drains.js'
import type { Place } from '../fleet/place.js'
import type { RequestHead } from '../options/options.js'
import type { Tuning } from '../tuning/tuning.js'
import { type UpdateOptions, update } from './update.js'

/** What Even Keel does for one server, and the way to look at it. */
export interface Keel {
  /** The options in force, every default filled in. Frozen; an update replaces them. */
  readonly limits: Limits<RequestHead>
  /** Connections by state, totals by reason, distributions. */
  snapshot(): Snapshot
  /** Every member of the server's fleet, with what it reported last. Empty if it is in no fleet. Asks the store. */
  members(): Promise<readonly FleetMember[]>
  /** Every open connection, the longest unused first. */
  connections(): Iterable<ConnectionInfo>
  /**
   * Retires one connection, by its key (`remoteAddress:remotePort`) or by a request on it: its next response
   * says `Connection: close`. False if there is no such connection or it was retired before.
   *
   * @param reason default `manual`.
   * @throws {@link OptionError} for what is neither a key nor a request, and for an unknown reason.
   */
  retire(connection: string | IncomingMessage | Http2ServerRequest, reason?: Reason): boolean
  /** What a readiness probe asks: false as soon as a shutdown has begun. */
  readonly ready: boolean
  /**
   * Retires the connections for the reason `drain`, each at a moment of its own within the window, and resolves when
   * all of them have ended. Each new connection is served one request. A second call joins the first, and can only
   * shorten it. A rehearsed drain ends with the dry run.
   *
   * @throws {@link OptionError} (as a rejection) for an option that cannot be used, and the reason of `signal` if
   *   that stops it. Connections that are retired by then stay retired, and the server is in service again.
   */
  drain(options?: KeelDrainOptions): Promise<DrainReport>
  /**
   * Changes limits of the running server; what is not given stays. An open connection keeps what it drew, unless the
   * new limit is lower. A connection that is already past the new limit may serve some more requests, or live some more
   * time: at random, at most the new limit. So they do not all leave together. An idle connection keeps the idle timeout
   * that its client was told.
   *
   * @throws {@link OptionError} for an unknown name, a value that cannot be used, for `clock`, `random` and `fleet`,
   *   and for a dry run that would begin in the middle of a drain. Then nothing has changed. `Error` if the server was
   *   detached.
   */
  update(options: UpdateOptions): void
  /** Stops, and leaves the server as it was found. Connections stay open. Totals stay readable. */
  detach(): void
  /** Calls a listener with every event of a type. A listener that throws causes a process warning, and fails no request. */
  on<Type extends Event['type']>(type: Type, listener: Listener<Type>): this
  /** Takes a listener away. */
  off<Type extends Event['type']>(type: Type, listener: Listener<Type>): this
}

const targetForm = "its key, such as '192.0.2.1:40000', or a request on it"

/** How a server is drained, and what stops it. */
export interface KeelDrainOptions extends DrainOptions {
  /** Stops the drain when it is aborted. */
  signal?: AbortSignal | undefined
}

export class ServerKeel implements Keel {
  readonly #watch: Watch
  readonly #drains: Drains
  readonly #tuning: Tuning
  readonly #place: Place
  readonly #restore: () => void
  #isDetached = false

  constructor(watch: Watch, tuning: Tuning, place: Place, restore: () => void) {
    this.#watch = watch
    this.#tuning = tuning
    this.#place = place
    this.#drains = new Drains(watch)
    this.#restore = restore
  }

  get limits(): Limits<RequestHead> {
    return this.#watch.limits
  }

  snapshot(): Snapshot {
    return this.#watch.tracker.snapshot(this.#place.status)
  }

  members(): Promise<readonly FleetMember[]> {
    return this.#place.members()
  }

  *connections(): Generator<ConnectionInfo> {
    const { tracker } = this.#watch
    const now = this.limits.clock.now()
    const connections = [...tracker].sort((a, b) => a.lastUsedAt - b.lastUsedAt)
    for (const connection of connections) yield tracker.describe(connection, now)
  }

  retire(target: string | IncomingMessage | Http2ServerRequest, reason: Reason = 'manual'): boolean {
    const { tracker, limits } = this.#watch
    const now = limits.clock.now()
    if (typeof target !== 'string') {
      if (Object(target) !== target) throw invalid('connection', target, targetForm)
      const connection = connectionOf(carrierOf(target))
      return connection !== undefined && retire(connection, reason, now)
    }
    const key = plain(target)
    return (
      [...tracker].filter((connection) => connection.key === key && retire(connection, reason, now)).length >
      0
    )
  }

  get ready(): boolean {
    return this.#watch.service.ready
  }

  async drain(options: KeelDrainOptions = {}): Promise<DrainReport> {
    const { signal, ...rest } = Object(options)
    const limits = parseDrainOptions(Object(options) === options ? rest : options, this.limits)
    if (signal === undefined || signal instanceof AbortSignal) return this.#drains.drain(limits, signal)
    throw invalid('signal', signal, 'an AbortSignal')
  }

  update(options: UpdateOptions): void {
    if (this.#isDetached) throw new Error('the server is detached: attach it, with the limits it should have')
    update(this.#watch, this.#tuning, options)
    this.#place.keep(options)
  }

  detach(): void {
    const { tracker, limits } = this.#watch
    this.#isDetached = true
    this.#restore()
    // A server emits its own `close` before its last sockets emit theirs.
    for (const connection of [...tracker]) {
      connection.transport.release()
      if (connection.transport.gone) tracker.close(connection, undefined, limits.clock.now())
    }
    this.#drains.cancel(new Error('the server was detached'))
    for (const connection of [...tracker]) tracker.forget(connection)
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
