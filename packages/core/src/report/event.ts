import type { DrainReport } from '../drain/drain.js'
import type { FleetState, FleetStatus } from '../fleet/status.js'
import type { Limits } from '../options/options.js'
import type { ConnectionInfo, Side } from '../table/connection.js'
import type { Reason } from '../table/reason.js'

/** What every event of a connection tells: the connection as it was at that moment. */
interface Told<Type extends string> {
  readonly type: Type
  readonly connection: ConnectionInfo
}

/** A connection is accepted. */
export interface OpenEvent extends Told<'open'> {}

/** A connection takes no more requests, for the reason given; it says so with its next or last response. */
export interface RetireEvent extends Told<'retire'> {
  /** Why. */
  readonly reason: Reason
}

/** An idle connection makes room for others. */
export interface EvictEvent extends Told<'evict'> {}

/** The server has ended an idle connection before its client did: a request may have been on its way. */
export interface IdleCloseEvent extends Told<'idle-close'> {}

/** A connection is cut with work in flight, because its grace is over: `inFlight` streams or responses are lost. */
export interface DestroyEvent extends Told<'destroy'> {}

/** A request came after the connection's last response. It was not handed to the application. */
export interface LateEvent extends Told<'late'> {}

/** A new connection was refused: the server is full, and no connection could make room. */
export interface RefuseEvent {
  readonly type: 'refuse'
  /** `remoteAddress:remotePort` of the peer. */
  readonly key: string
}

/** A connection has ended. One that has no reason was ended by its client or by the application. */
export interface CloseEvent extends Told<'close'> {
  /** Why it was retired, if it was. */
  readonly reason: Reason | undefined
  /** Who ended it first, as far as that can be seen. */
  readonly by: Side | undefined
  /** Whether it was idle until then, and not on its way out: what `idleCloses` and `idleAtClose` count. */
  readonly wasIdle: boolean
}

/** The server begins to retire all of its connections, or a share of them. */
export interface DrainEvent {
  readonly type: 'drain'
  /** How many are to leave. */
  readonly connections: number
  /** Their share of all connections, above 0 and up to 1. */
  readonly fraction: number
}

/** A drain is over. */
export interface DrainedEvent {
  readonly type: 'drained'
  /** Whether it was stopped before its end. */
  readonly stopped: boolean
  /** What happened to the connections. */
  readonly report: DrainReport
}

/** The limits of a running server were changed. */
export interface UpdateEvent {
  readonly type: 'update'
  /** The limits that are in force now. */
  readonly limits: Limits<never>
  /** The limits that were in force. */
  readonly before: Limits<never>
}

/** The server sees its fleet in another state. */
export interface FleetEvent {
  readonly type: 'fleet'
  /** The state that the fleet is in now. */
  readonly state: FleetState
  /** The state that it was in. */
  readonly before: FleetState
  /** Why the load cannot be even, and what helps; undefined in other states. */
  readonly cure: string | undefined
  /** Its loads, shares and counts. */
  readonly status: FleetStatus
}

/** What happens to one connection. */
export type ConnectionEvent =
  | OpenEvent
  | RetireEvent
  | EvictEvent
  | IdleCloseEvent
  | DestroyEvent
  | LateEvent
  | RefuseEvent
  | CloseEvent

/** What happens to a server. */
export type ServerEvent = DrainEvent | DrainedEvent | UpdateEvent | FleetEvent

/** Everything that happens, told apart by its `type`. Frozen. */
export type Event = ConnectionEvent | ServerEvent
export type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>
