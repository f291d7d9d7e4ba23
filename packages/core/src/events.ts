import type { ConnectionInfo, Side } from './connection.js'
import { invalid } from './parse.js'
import type { Reason } from './reason.js'

/** A connection is tracked. */
export interface OpenEvent {
  readonly type: 'open'
  readonly connection: ConnectionInfo
}

/** A connection takes no more requests, for the reason given; it says so with its next or last response. */
export interface RetireEvent {
  readonly type: 'retire'
  readonly reason: Reason
  readonly connection: ConnectionInfo
}

/** A connection has ended. Without a reason its client ended it, or its server closed it for another cause. */
export interface CloseEvent {
  readonly type: 'close'
  readonly reason: Reason | undefined
  /** Who ended it first, as far as that can be seen. */
  readonly by: Side | undefined
  readonly connection: ConnectionInfo
}

/** A new connection was refused: there are as many as there may be, and none of them could make room. */
export interface RefuseEvent {
  readonly type: 'refuse'
  /** `remoteAddress:remotePort` of the peer. */
  readonly key: string
}

export type Event = OpenEvent | RetireEvent | CloseEvent | RefuseEvent
export type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>
export type Listener<Type extends Event['type']> = (event: EventOf<Type>) => void

/** What happens to an error that a listener throws: it must not reach the server. */
export type ReportError = (error: unknown) => void

/** Typed listeners, called in the order they were added. Nothing is built while nobody listens. */
export class Events {
  readonly #listeners: { readonly [Type in Event['type']]: Set<Listener<Type>> } = {
    open: new Set(),
    retire: new Set(),
    close: new Set(),
    refuse: new Set(),
  }
  readonly #report: ReportError

  constructor(report: ReportError) {
    this.#report = report
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
    if (listeners.size === 0) return
    const event: EventOf<Type> = build()
    Object.freeze(event)
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
