import type { ConnectionInfo, Side } from './connection.js'
import type { DrainReport } from './drain.js'
import type { Limits } from './options.js'
import { invalid } from './parse.js'
import type { Reason } from './reason.js'

/** What every event of a connection tells: the connection as it was at that moment. */
interface Told<Type extends string> {
  readonly type: Type
  readonly connection: ConnectionInfo
}

/** A connection is tracked. */
export interface OpenEvent extends Told<'open'> {}

/** A connection takes no more requests, for the reason given; it says so with its next or last response. */
export interface RetireEvent extends Told<'retire'> {
  readonly reason: Reason
}

/** An idle connection makes room for others. */
export interface EvictEvent extends Told<'evict'> {}

/** The server has ended an idle connection before its client did: a request may have been on its way. */
export interface IdleCloseEvent extends Told<'idle-close'> {}

/** A connection is cut with work in flight, because its grace is over: `inFlight` streams or responses are lost. */
export interface DestroyEvent extends Told<'destroy'> {}

/** A request came behind the connection's last response. It was not handed to the application. */
export interface LateEvent extends Told<'late'> {}

/** A new connection was refused: there are as many as there may be, and none of them could make room. */
export interface RefuseEvent {
  readonly type: 'refuse'
  /** `remoteAddress:remotePort` of the peer. */
  readonly key: string
}

/** A connection has ended. Without a reason its client ended it, or its server closed it for another cause. */
export interface CloseEvent extends Told<'close'> {
  readonly reason: Reason | undefined
  /** Who ended it first, as far as that can be seen. */
  readonly by: Side | undefined
  /** Whether it was idle until then, and not on its way out: what `idleCloses` and `idleAtClose` count. */
  readonly wasIdle: boolean
}

/** The server begins to retire its connections, or a share of them. */
export interface DrainEvent {
  readonly type: 'drain'
  /** How many are to leave. */
  readonly connections: number
  /** The share of all that they are, above 0 and up to 1. */
  readonly fraction: number
}

/** A drain is over. */
export interface DrainedEvent {
  readonly type: 'drained'
  /** Whether it was stopped before its end. */
  readonly stopped: boolean
  readonly report: DrainReport
}

/** The limits of a running server were changed. */
export interface UpdateEvent {
  readonly type: 'update'
  readonly limits: Limits<never>
  readonly before: Limits<never>
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
export type ServerEvent = DrainEvent | DrainedEvent | UpdateEvent

/** Everything that happens, told apart by its `type`. Frozen. */
export type Event = ConnectionEvent | ServerEvent
export type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>
export type Listener<Type extends Event['type']> = (event: EventOf<Type>) => void

/** What happens to an error that a listener throws: it must not reach the server. */
export type ReportError = (error: unknown) => void

/** Somebody besides the listeners who may want to know. */
export interface Outlet {
  wants(type: Event['type']): boolean
  tell(event: Event): void
}

const nobody: Outlet = { wants: () => false, tell: () => {} }

/** Typed listeners, called in the order they were added. Nothing is built while nobody listens. */
export class Events {
  readonly #listeners: { readonly [Type in Event['type']]: Set<Listener<Type>> } = {
    open: new Set(),
    retire: new Set(),
    evict: new Set(),
    'idle-close': new Set(),
    destroy: new Set(),
    late: new Set(),
    refuse: new Set(),
    close: new Set(),
    drain: new Set(),
    drained: new Set(),
    update: new Set(),
  }
  readonly #report: ReportError
  readonly #outlet: Outlet

  constructor(report: ReportError, outlet: Outlet = nobody) {
    this.#report = report
    this.#outlet = outlet
  }

  on<Type extends Event['type']>(type: Type, listener: Listener<Type>): void {
    assertEvent(type, Object.keys(this.#listeners))
    if (typeof listener !== 'function') throw invalid('listener', listener, 'a function (event) => void')
    this.#listeners[type].add(listener)
  }

  off<Type extends Event['type']>(type: Type, listener: Listener<Type>): void {
    assertEvent(type, Object.keys(this.#listeners))
    this.#listeners[type].delete(listener)
  }

  emit<Type extends Event['type']>(type: Type, build: () => EventOf<Type>): void {
    const listeners: Set<Listener<Type>> = this.#listeners[type]
    const isWanted = this.#outlet.wants(type)
    if (listeners.size === 0 && !isWanted) return
    const event: EventOf<Type> = build()
    Object.freeze(event)
    if (isWanted) this.#outlet.tell(event)
    for (const listener of [...listeners]) {
      try {
        const outcome: unknown = listener(event)
        if (outcome instanceof Promise) outcome.catch(this.#report)
      } catch (error) {
        this.#report(error)
      }
    }
  }
}

function assertEvent(type: string, known: readonly string[]): void {
  if (!known.includes(type)) throw invalid('event', type, `one of ${known.join(', ')}`)
}
