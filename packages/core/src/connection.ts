import type { ConnectionLimits } from './options.js'
import type { Seat } from './peer.js'
import type { Member, Queue } from './queue.js'
import type { Reason } from './reason.js'

/** `new`: no request yet. `active`: a request in flight. `upgraded`: a WebSocket or a tunnel. */
export const states = ['new', 'active', 'idle', 'upgraded', 'closed'] as const

/** Where a connection is in its life. */
export type State = (typeof states)[number]

/** Who ends a connection first. */
export type Side = 'client' | 'server'

/**
 * What goes on behind a connection's last response: the rest of what its client sends is read, or only the
 * client's own end is waited for.
 */
export type Ending = 'reading' | 'waiting'

/** The record of one transport connection: a counter, two limits and what is needed to report it. */
export class Connection<Transport = unknown> implements Member<Connection<Transport>> {
  /** The peer's two halves of the key; a peer without a port is known by its address alone. */
  readonly address: string
  readonly port: number | undefined
  /** Whatever the layer above closes: a socket. The core only carries it. */
  transport: Transport
  readonly openedAt: number
  /** The limits this connection drew when it opened. */
  readonly requestLimit: number
  readonly ageLimit: number
  requests = 0
  inFlight = 0
  /** When it last opened, or finished a response. */
  lastUsedAt: number
  retired: Reason | undefined = undefined
  ending: Ending | undefined = undefined
  upgraded = false
  closed = false
  /** Those that are in the same state, and its place among them. */
  queue: Queue<Connection<Transport>> | undefined = undefined
  previous: Connection<Transport> | undefined = undefined
  next: Connection<Transport> | undefined = undefined
  /** Its place among what its peer holds; none where nobody ever has to make room. */
  seat: Seat<Connection<Transport>> | undefined = undefined

  constructor(
    address: string,
    port: number | undefined,
    transport: Transport,
    limits: ConnectionLimits,
    now: number,
  ) {
    this.address = address
    this.port = port
    this.transport = transport
    this.openedAt = now
    this.requestLimit = drawCount(limits.maxRequestsPerConnection, limits)
    this.ageLimit = drawDuration(limits.maxConnectionAge, limits)
    this.lastUsedAt = now
  }

  /** `remoteAddress:remotePort`. Not kept, because every string takes memory. */
  get key(): string {
    return this.port === undefined ? this.address : `${this.address}:${this.port}`
  }
}

/** What users see of a connection: a copy, in durations instead of instants (milliseconds). */
export interface ConnectionInfo {
  readonly key: string
  readonly state: State
  readonly requests: number
  readonly inFlight: number
  readonly age: number
  /** Time since the last response, or since the accept; 0 while a request is in flight. */
  readonly idle: number
  readonly requestLimit: number
  readonly ageLimit: number
  readonly retired: Reason | undefined
}

/** Uniform over the whole numbers of `[limit * (1 - jitter), limit]`, and at least 1. */
function drawCount(limit: number, { jitter, random }: ConnectionLimits): number {
  if (limit === Infinity) return limit
  return limit - Math.floor(random() * (Math.min(limit - 1, Math.floor(limit * jitter)) + 1))
}

/** A whole number where that fits: any other takes 16 bytes more. */
function drawDuration(limit: number, { jitter, random }: ConnectionLimits): number {
  if (limit === Infinity) return limit
  return Math.min(limit, Math.ceil(limit * (1 - jitter * random())))
}

export function stateOf(connection: Readonly<Connection>): State {
  if (connection.closed) return 'closed'
  if (connection.upgraded) return 'upgraded'
  if (connection.inFlight > 0) return 'active'
  return connection.requests === 0 ? 'new' : 'idle'
}

export function describe(connection: Readonly<Connection>, now: number): ConnectionInfo {
  return Object.freeze({
    key: connection.key,
    state: stateOf(connection),
    requests: connection.requests,
    inFlight: connection.inFlight,
    age: now - connection.openedAt,
    idle: connection.inFlight > 0 ? 0 : now - connection.lastUsedAt,
    requestLimit: connection.requestLimit,
    ageLimit: connection.ageLimit,
    retired: connection.retired,
  })
}
