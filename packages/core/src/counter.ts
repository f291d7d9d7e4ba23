import type { Environment } from './options/clock.js'
import {
  type ConnectionLimits,
  connectionDefaults,
  connectionParsers,
  type Options,
} from './options/options.js'
import { count, type Parsers, parse } from './options/parse.js'
import type { Event } from './report/event.js'
import type { Listener, ReportError } from './report/events.js'
import type { Snapshot } from './report/snapshot.js'
import type { Connection, Side } from './table/connection.js'
import type { Reason } from './table/reason.js'
import { Tracker } from './tracker.js'

/** What a plain counter may be told: the limits of {@link Options}, and how many keys it remembers. */
export interface CounterOptions extends Pick<Options, keyof ConnectionLimits> {
  /**
   * The most keys remembered. While all of them are in use, a new key is not remembered: its first request is its
   * last, for the reason `evicted`, so that no key in use ever starts anew. Whole number, default 100 000,
   * `Infinity` for no bound.
   */
  capacity?: number | undefined
}

interface CounterLimits extends ConnectionLimits {
  readonly capacity: number
}

const parsers: Parsers<CounterLimits> = { ...connectionParsers, capacity: count }

/** Counts requests per connection for a server of any kind. It touches no socket: the caller closes. */
export interface Counter {
  /**
   * Counts a request on the connection with this key, `remoteAddress:remotePort`. A reason means that it is
   * the connection's last: answer it with `Connection: close`. A key that was told so, was closed, or was
   * silent for longer than `idleTimeout` is a new connection when it comes again.
   */
  hit(key: string): Reason | undefined
  /** The connection with this key has ended: a new one on the same port starts at zero. */
  close(key: string): void
  snapshot(): Snapshot
  on<Type extends Event['type']>(type: Type, listener: Listener<Type>): void
  off<Type extends Event['type']>(type: Type, listener: Listener<Type>): void
}

/**
 * A counter without sockets. The core has no clock and no randomness of its own, so both are given here:
 * `createCounter({ maxRequestsPerConnection: 200, clock: performance, random: Math.random })`.
 *
 * @param report receives what a listener throws; by default it is dropped, so that no request fails for it.
 * @throws {@link OptionError} for an unknown name or a value that cannot be used.
 */
export function createCounter(
  options: CounterOptions & Environment,
  report: ReportError = () => {},
): Counter {
  const limits = parse<CounterLimits>(parsers, { ...connectionDefaults, capacity: 100_000 }, options)
  const { clock, idleTimeout, capacity } = limits
  const tracker = new Tracker<undefined>(limits, { report })

  const known = new Map<string, Connection<undefined>>()

  function close(connection: Connection<undefined>, by: Side | undefined, now: number): void {
    known.delete(connection.key)
    tracker.close(connection, by, now)
  }

  /** Whoever was silent for too long is gone; a caller without sockets has no other sign of it. */
  function open(key: string, now: number): Connection<undefined> {
    for (const silent of tracker.table.unusedSince(now - idleTimeout)) close(silent, undefined, now)
    const former = known.get(key)
    if (former !== undefined) close(former, undefined, now)
    const connection = tracker.open(key, undefined, undefined, now)
    known.set(key, connection)
    return connection
  }

  return {
    hit(key) {
      const now = clock.now()
      const former = known.get(key)
      const connection = former && now - former.lastUsedAt < idleTimeout ? former : open(key, now)
      tracker.count(connection)
      tracker.finish(connection, now)
      const reason =
        tracker.decide(connection, now) ?? (tracker.table.size > capacity ? 'evicted' : undefined)
      if (reason !== undefined) {
        tracker.retire(connection, reason, now)
        close(connection, 'server', now)
      }
      return reason
    },
    close(key) {
      const connection = known.get(key)
      if (connection !== undefined) close(connection, undefined, clock.now())
    },
    snapshot: () => tracker.snapshot(),
    on: (type, listener) => tracker.events.on(type, listener),
    off: (type, listener) => tracker.events.off(type, listener),
  }
}
