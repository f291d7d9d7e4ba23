import type { EventEmitter } from 'node:events'

/** Sees each event of a server before any listener does. True takes it: no listener is told. */
export type Interceptor = (event: unknown, first: unknown, second: unknown) => boolean

/**
 * Puts an interceptor in front of a server's events. Not a listener, because a framework's listener that was
 * prepended later would run first, because a listener for `checkContinue` or `upgrade` changes what Node does
 * with such requests, and because only here a request can be kept from the application.
 *
 * Returns what takes it away again; where something else has been put in front since, it stays but does nothing.
 */
export function intercept(server: EventEmitter, interceptor: Interceptor): () => void {
  const { emit } = server
  let active = true
  function intercepted(this: EventEmitter, ...event: Parameters<EventEmitter['emit']>): boolean {
    if (active && interceptor(event[0], event[1], event[2])) return true
    return Reflect.apply(emit, this, event)
  }
  const own = Object.getOwnPropertyDescriptor(server, 'emit')
  Object.defineProperty(server, 'emit', { value: intercepted, writable: true, configurable: true })
  return () => {
    active = false
    if (server.emit !== intercepted) return
    Reflect.deleteProperty(server, 'emit')
    if (own !== undefined) Object.defineProperty(server, 'emit', own)
  }
}
