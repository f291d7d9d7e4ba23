import type { ConnectionLimits } from '../options/options.js'
import { type Drawn, draw } from './draw.js'
import type { Seat } from './peer.js'
import type { Member, Queue } from './queue.js'
import type { Reason } from './reason.js'
import type { Stage } from './stage.js'

/**
 * What an open connection is doing.
 *
 * - `new`: it is open, and no request has come yet.
 * - `active`: a request is in flight.
 * - `idle`: its last request is answered, and the next one has not come.
 * - `upgraded`: it has become a WebSocket or a tunnel.
 */
export const openStates = ['new', 'active', 'idle', 'upgraded'] as const

export const states: readonly [...typeof openStates, 'closed'] = [...openStates, 'closed']

/** What a connection is doing, as users see it. */
export type State = (typeof states)[number]

/** Who ends a connection first. */
export const sides = ['client', 'server'] as const
export type Side = (typeof sides)[number]

/** What a connection speaks: `tls` while its handshake is not done. What it was upgraded to is not known. */
export type Protocol = 'http/1' | 'http/2' | 'tls'

/** The record of one transport connection: a counter, two limits and what is needed to report it. */
export class Connection<Transport = unknown> implements Member<Connection<Transport>>, Drawn {
  /** The two parts of the key. A peer without a port has only its address. */
  readonly address: string
  readonly port: number | undefined
  /** What the layer above closes, a socket for example. The core only carries it. */
  transport: Transport
  readonly openedAt: number
  /** The limits this connection drew. */
  requestLimit: number
  ageLimit: number
  requests = 0
  inFlight = 0
  /** When it last opened, or finished a response. */
  lastUsedAt: number
  retired: Reason | undefined = undefined
  /** Moved by the {@link Tracker} alone. */
  stage: Stage = 'open'
  /** The queue of its state, and its neighbours there. */
  queue: Queue<Connection<Transport>> | undefined = undefined
  previous: Connection<Transport> | undefined = undefined
  next: Connection<Transport> | undefined = undefined
  /** Its place among what its peer holds. Undefined where the table does not tell peers apart. */
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
    const { requestLimit, ageLimit } = draw(limits)
    this.requestLimit = requestLimit
    this.ageLimit = ageLimit
    this.lastUsedAt = now
  }

  /** `remoteAddress:remotePort`. Built at each call, because a string for each connection takes memory. */
  get key(): string {
    return this.port === undefined ? this.address : `${this.address}:${this.port}`
  }

  get state(): State {
    if (this.stage === 'closed' || this.stage === 'upgraded') return this.stage
    if (this.inFlight > 0) return 'active'
    return this.requests === 0 ? 'new' : 'idle'
  }

  /** Whether nothing is in flight, and no last response was sent. */
  get isIdle(): boolean {
    return this.inFlight === 0 && (this.stage === 'open' || this.stage === 'last')
  }

  /** Whether its last request has come: later ones are dropped. */
  get isEnding(): boolean {
    const { stage } = this
    return stage === 'last' || stage === 'marked' || stage === 'reading' || stage === 'waiting'
  }
}

/** What users see of a connection: a copy, in durations instead of instants (milliseconds). */
export interface ConnectionInfo {
  /** `remoteAddress:remotePort` of the peer. */
  readonly key: string
  /** The peer's address alone. */
  readonly address: string
  /** What it speaks. Undefined for a connection of a plain counter, which sees no transport. */
  readonly protocol: Protocol | undefined
  /** What it is doing. */
  readonly state: State
  /** How many requests it has served or is serving. */
  readonly requests: number
  /** How many requests are not answered yet. */
  readonly inFlight: number
  /** Time since the accept. */
  readonly age: number
  /**
   * Time since the last response or the accept, exact to a second while the event loop runs; 0 while a request is in
   * flight.
   */
  readonly idle: number
  /** How many requests it may serve: its own draw below `maxRequestsPerConnection`. */
  readonly requestLimit: number
  /** How old it may get: its own draw below `maxConnectionAge`. */
  readonly ageLimit: number
  /** Why it takes no more requests; undefined while it does. */
  readonly retired: Reason | undefined
}

export function describe(
  connection: Readonly<Connection>,
  protocol: Protocol | undefined,
  now: number,
  inFlight: number = connection.inFlight,
): ConnectionInfo {
  return Object.freeze({
    key: connection.key,
    address: connection.address,
    protocol,
    state: connection.state,
    requests: connection.requests,
    inFlight,
    age: now - connection.openedAt,
    idle: inFlight > 0 ? 0 : now - connection.lastUsedAt,
    requestLimit: connection.requestLimit,
    ageLimit: connection.ageLimit,
    retired: connection.retired,
  })
}
