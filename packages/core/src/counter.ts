import { LRUCache } from 'lru-cache'
import type { Environment } from './options/clock.js'
import {
  type ConnectionLimits,
  connectionDefaults,
  connectionParsers,
  type Options,
} from './options/options.js'
import { invalid, type Parsers, parse } from './options/parse.js'
import { count } from './options/parsers.js'
import type { Event } from './report/event.js'
import type { Listener, ReportError } from './report/events.js'
import type { Snapshot } from './report/snapshot.js'
import type { Connection } from './table/connection.js'
import type { Reason } from './table/reason.js'
import { Tracker } from './tracker.js'

/** What a plain counter may be told: the limits of {@link Options}, and how many keys it remembers. */
export interface CounterOptions extends Pick<Options, keyof ConnectionLimits> {
  /**
   * The most keys remembered. A new key above it pushes out the least recently used one: the events `retire`, `evict`
   * and `close` tell of it. That connection stays open, and its next request counts as the first of a new one. So
   * give more than are ever open. Whole number, default 100 000, `Infinity` for no bound.
   */
  capacity?: number | undefined
}

/** The options of a counter, with every default filled in. */
export interface CounterLimits extends ConnectionLimits {
  readonly capacity: number
}

/** The default of every option of a counter. */
export const counterDefaults: Readonly<Omit<CounterLimits, keyof Environment>> = Object.freeze({
  ...connectionDefaults,
  capacity: 100_000,
})

const parsers: Parsers<CounterLimits> = { ...connectionParsers, capacity: count }

const keyForm = "a connection's remoteAddress:remotePort, such as '192.0.2.1:40000'"

/** How many silent keys a new key removes. With two their number falls, and no hit pays for all of them. */
const clearedByNewKey = 2

/** Counts requests per connection for a server of any kind. It touches no socket: the caller closes. */
export interface Counter {
  /**
   * Counts a request on the connection with this key, `remoteAddress:remotePort`. A reason means that it is the
   * connection's last: answer it with `Connection: close`. A key is a new connection when it comes again after a
   * reason or a close, after it was pushed out, or after `idleTimeout` of silence.
   */
  hit(key: string): Reason | undefined
  /** The connection with this key has ended: a new one on the same port starts at zero. */
  close(key: string): void
  /** Everything at this moment. Keys that were silent for `idleTimeout` are closed first. */
  snapshot(): Snapshot
  /** Calls a listener with every event of a type. */
  on<Type extends Event['type']>(type: Type, listener: Listener<Type>): void
  /** Takes a listener away. */
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
  const limits = parse<CounterLimits>(parsers, counterDefaults, options)
  const { clock, idleTimeout, capacity } = limits
  const tracker = new Tracker<undefined>(limits, { report })

  const known = new LRUCache<string, Connection<undefined>>({
    // `max` would allocate the memory of a full counter at once. `maxSize` with keys of size 1 does not.
    maxSize: Math.min(capacity, Number.MAX_SAFE_INTEGER),
    sizeCalculation: () => 1,
    // A listener may hit or close any key. `dispose` would call it in the middle of a change of the cache.
    disposeAfter: (connection, _, cause) => {
      const now = clock.now()
      if (cause === 'evict') tracker.retire(connection, 'evicted', now)
      const { retired } = connection
      // The server closes what `hit` gave a reason for. A key that was pushed out may have an open connection.
      tracker.close(connection, retired === undefined || retired === 'evicted' ? undefined : 'server', now)
    },
  })

  // The cache's own `ttl` takes whole milliseconds only, and never expires an entry of time 0. So the record decides.
  function isSilent({ lastUsedAt }: Readonly<Connection<undefined>>, now: number): boolean {
    return now - lastUsedAt >= idleTimeout
  }

  /** Closes keys that were silent for too long. Without sockets there is no other sign of an end. */
  function clearSilent(now: number, most: number): void {
    const deadline = now - idleTimeout
    for (let left = most; left > 0; left--) {
      const silent = tracker.table.next(deadline, deadline)
      if (silent === undefined) return
      known.delete(silent.key)
    }
  }

  function open(key: string, now: number): Connection<undefined> {
    if (typeof key !== 'string') throw invalid('key', key, keyForm)
    known.delete(key)
    clearSilent(now, clearedByNewKey)
    const connection = tracker.open(key, undefined, undefined, now)
    known.set(key, connection)
    return connection
  }

  return {
    hit(key) {
      const now = clock.now()
      const former = known.get(key)
      const connection = former === undefined || isSilent(former, now) ? open(key, now) : former
      tracker.count(connection)
      tracker.finish(connection, now)
      const reason = tracker.decide(connection, now)
      if (reason !== undefined) {
        tracker.retire(connection, reason, now)
        known.delete(key)
      }
      return reason
    },
    close(key) {
      known.delete(key)
    },
    snapshot() {
      clearSilent(clock.now(), known.size)
      return tracker.snapshot()
    },
    on: (type, listener) => tracker.events.on(type, listener),
    off: (type, listener) => tracker.events.off(type, listener),
  }
}
