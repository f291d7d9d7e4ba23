import { invalid, unlisted } from '../options/parse.js'
import type { Event, EventOf } from './event.js'

export type Listener<Type extends Event['type']> = (event: EventOf<Type>) => void

/** What happens to an error that a listener throws: it must not reach the server. */
export type ReportError = (error: unknown) => void

/** Another receiver of events, besides the listeners. */
export interface Outlet {
  wants(type: Event['type']): boolean
  tell(event: Event): void
}

const nobody: Outlet = { wants: () => false, tell: () => {} }

/** Typed listeners, called in the order they were added. An event is built only if somebody listens. */
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
    fleet: new Set(),
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
  if (!known.includes(type)) throw unlisted('event', type, known)
}
