import type { Clock, Environment, Random } from './clock.js'
import { OptionError, show } from './errors.js'
import { type Parsers, parse } from './parse.js'
import { callable, count, duration, flag, fraction, objectWith } from './parsers.js'

/**
 * What a user may set. Durations are milliseconds; `Infinity` turns a limit off.
 *
 * @typeParam Request what `exempt` is asked about.
 */
export interface Options<Request = unknown> {
  /**
   * How many requests one connection serves: the response to the last of them says `Connection: close`.
   * Whole number, default 1000, `Infinity` for no limit.
   * The same as nginx `keepalive_requests` (https://nginx.org/en/docs/http/ngx_http_core_module.html#keepalive_requests).
   */
  maxRequestsPerConnection?: number | undefined
  /**
   * How long after its accept a connection still takes requests, in milliseconds: the first response after
   * that is the last. Default 300 000 (5 minutes), `Infinity` for no limit.
   * The same as nginx `keepalive_time` (https://nginx.org/en/docs/http/ngx_http_core_module.html#keepalive_time) and
   * gRPC `MAX_CONNECTION_AGE`.
   */
  maxConnectionAge?: number | undefined
  /**
   * How long streams, long polls and WebSockets may go on after the age limit of their connection, in milliseconds.
   * Then they are destroyed. Default `Infinity`: they may go on for ever.
   * The same as gRPC `MAX_CONNECTION_AGE_GRACE`
   * (https://github.com/grpc/proposal/blob/master/A9-server-side-conn-mgt.md).
   */
  maxConnectionAgeGrace?: number | undefined
  /**
   * How far below the configured limits a connection's own limits may be, as a fraction. Each connection draws its
   * limits once, at open, uniform in `[limit * (1 - jitter), limit]`. So connections that opened together do not
   * leave together, and the configured value stays a true maximum. At least 0 and below 1, default 0.2, 0 turns it
   * off.
   */
  jitter?: number | undefined
  /**
   * How long a connection without a request is kept, in milliseconds. Choose it above what the peer in front uses, so
   * that the peer closes first: `idleTimeoutBehind` gives it for the usual ones. Clients are told 5 seconds less.
   * Default 65 000, `Infinity` for no limit. If it is not given, a longer `keepAliveTimeout` of the server stays.
   */
  idleTimeout?: number | undefined
  /**
   * The most connections that a server holds. Before it refuses new ones, idle ones make room: when less than a
   * sixteenth is free, the server closes the least recently used of them, at most 32 at a time, for the reason
   * `evicted`. It never closes one with a request in flight, or an upgraded one. Whole number, default `Infinity`: no
   * limit.
   * The same as nginx `worker_connections` (https://nginx.org/en/docs/ngx_core_module.html#worker_connections), and
   * as Node's `server.maxConnections`, which this sets. A lower value that is set there stays.
   */
  maxConnections?: number | undefined
  /**
   * Whether the peer address with the most idle connections makes room first. So one client that leaks connections
   * cannot push out the others. Default true. With false the least recently used connection makes room,
   * whoever holds it. Behind a balancer that hides addresses both are the same.
   */
  fairEviction?: boolean | undefined
  /**
   * How long after its accept or its last response a connection is not closed to make room, in milliseconds. The
   * client's next request may be on its way. Default 500, `Infinity` for always: then no connection makes room.
   */
  quietGuard?: number | undefined
  /**
   * Whether `idleTimeout` also sets the server's `keepAliveTimeout` and `headersTimeout`. Where Node has it, it sets
   * `keepAliveTimeoutBuffer` too. Default true; false leaves them alone.
   */
  tuneTimeouts?: boolean | undefined
  /**
   * Whether limits are only rehearsed: everything is decided, counted and reported, but nothing is marked, closed or
   * set. A connection that would have left stays open. Its counters start again with its next request, as if its client
   * had opened a new connection. Default false. Envoy calls this a shadow mode. A `shutdown` is never rehearsed.
   */
  dryRun?: boolean | undefined
  /**
   * Returns true for requests that do not count towards `maxRequestsPerConnection`: health checks, for example. The age
   * limit applies to them too. Default none. It is called once for each request. If it
   * throws, the request counts.
   */
  exempt?: ((request: Request) => boolean) | undefined
  /**
   * The fleet that the server joins while it listens: what `createFleet` of `@evenkeel/fleet` returns. Servers behind one
   * balancer tell each other their load, and only one that is above its fair share retires connections, for the reason
   * `fleet`. Default none. With a fleet, limits that are not given change: no limit on requests, and an age of one
   * hour. While the fleet cannot be reached, the usual defaults are in force.
   */
  fleet?: Joinable | undefined
  /** Where time comes from. Default the system's monotonic clock; give another one in tests. */
  clock?: Clock | undefined
  /** Where jitter comes from, uniform in `[0, 1)`. Default `Math.random`; give another one in tests. */
  random?: Random | undefined
}

/** Options with every default filled in. Frozen. */
export type Limits<Request = unknown> = {
  readonly [Name in keyof Options<Request>]-?: Exclude<Options<Request>[Name], undefined>
}

/** The limits of a connection, whatever carries it. */
export type ConnectionLimits = Pick<
  Limits,
  'maxRequestsPerConnection' | 'maxConnectionAge' | 'jitter' | 'idleTimeout' | keyof Environment
>

/** What the option `fleet` takes: a `Fleet`. Options know of it only that a server can join it. */
export interface Joinable {
  join(host: never): unknown
}

const nobody = (): boolean => false

/** No fleet: who joins it is nowhere. */
const nowhere: Joinable = Object.freeze({ join: () => undefined })

/** The defaults of a connection's limits. Time and randomness have no default here. */
export const connectionDefaults: Readonly<Omit<ConnectionLimits, keyof Environment>> = Object.freeze({
  maxRequestsPerConnection: 1000,
  maxConnectionAge: 300_000,
  jitter: 0.2,
  idleTimeout: 65_000,
})

/** The default of every option. */
export const defaults: Readonly<Omit<Limits, keyof Environment>> = Object.freeze({
  ...connectionDefaults,
  maxConnectionAgeGrace: Infinity,
  maxConnections: Infinity,
  fairEviction: true,
  quietGuard: 500,
  tuneTimeouts: true,
  dryRun: false,
  exempt: nobody,
  fleet: nowhere,
})

/**
 * What limits are while a fleet evens the load, where the user has not set them: none on requests, and an age of one
 * hour. Reconnecting for no reason would be dear then; an hour lets a new server among hundreds fill in time.
 */
export const atRest: Readonly<Pick<Limits, 'maxRequestsPerConnection' | 'maxConnectionAge'>> = Object.freeze({
  maxRequestsPerConnection: Infinity,
  maxConnectionAge: 3_600_000,
})

/** The parsers of the options that bound a connection, shared with the plain counter. */
export const connectionParsers: Parsers<ConnectionLimits> = {
  maxRequestsPerConnection: count,
  maxConnectionAge: duration,
  jitter: fraction,
  idleTimeout: duration,
  clock: objectWith('now', 'returns milliseconds'),
  random: callable('() => number'),
}

const parsers: Parsers<Limits> = {
  ...connectionParsers,
  maxConnectionAgeGrace: duration,
  maxConnections: count,
  fairEviction: flag,
  quietGuard: duration,
  tuneTimeouts: flag,
  dryRun: flag,
  exempt: callable('(request) => boolean'),
  fleet: objectWith('join', 'joins a fleet: createFleet() of @evenkeel/fleet makes one'),
}

/**
 * Checks options and fills in what is missing. `undefined` counts as not given.
 *
 * @throws {@link OptionError} for an unknown name or a value that cannot be used.
 */
export function parseOptions<Request>(options: Options<Request>, environment: Environment): Limits<Request> {
  return parse<Limits<Request>>(parsers, { ...defaults, ...environment }, options)
}

function fixed(name: string, options: object): OptionError {
  const value: unknown = Reflect.get(options, name)
  return new OptionError(
    'ERR_EVENKEEL_OPTION_UNKNOWN',
    name,
    value,
    `${name} is ${show(value)}, and an update cannot change it`,
    'remove it, or detach the server and attach it with the new one',
  )
}

const { clock: _, random: __, fleet: ___, ...changeable } = parsers

/**
 * Checks changes of the limits in force. `undefined` counts as not given. What is not given stays.
 *
 * @throws {@link OptionError} for an unknown name, a value that cannot be used, and for `clock`, `random` and
 *   `fleet`, which cannot change.
 */
export function parseUpdate<Request>(options: Options<Request>, limits: Limits<Request>): Limits<Request> {
  const { clock, random, fleet, ...current } = limits
  for (const name of Object.keys(Object(options)))
    if (name in { clock, random, fleet }) throw fixed(name, options)
  return Object.freeze({
    ...parse<Omit<Limits<Request>, keyof Environment | 'fleet'>>(changeable, current, options),
    clock,
    random,
    fleet,
  })
}
