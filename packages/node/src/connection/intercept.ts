import type { EventEmitter } from 'node:events'

/** Sees each event of a server before any listener does. If it returns true, no listener is called. */
export type Interceptor = (event: unknown, first: unknown, second: unknown) => boolean

/**
 * Puts an interceptor in front of a server's events. A listener would not do: a framework's listener that is
 * prepended later would run first, a listener for `checkContinue` or `upgrade` changes what Node does with such
 * requests, and only an interceptor can keep a request from the application.
 *
 * Returns a function that removes it. If something else was put in front since, it stays but does nothing.
 */
export function intercept(server: EventEmitter, interceptor: Interceptor): () => void {
  const emit = server.emit as (this: EventEmitter, ...event: unknown[]) => boolean
  let active = true
  /**
   * Hands on as many arguments as it gets. Events of requests have three, with their names. They go a way of their own,
   * because an array of arguments for each would cost time.
   */
  function intercepted(this: EventEmitter, event: string, first: unknown, second: unknown): boolean {
    if (active && interceptor(event, first, second)) return true
    // biome-ignore-start lint/complexity/noArguments: a rest parameter would make an array for each event.
    if (arguments.length === 3) return emit.call(this, event, first, second)
    return emit.apply(this, arguments as unknown as unknown[])
    // biome-ignore-end lint/complexity/noArguments: see above.
  }
  const own = Object.getOwnPropertyDescriptor(server, 'emit')
  Object.defineProperty(server, 'emit', { value: intercepted, writable: true, configurable: true })
  return () => {
    active = false
    if (server.emit !== (intercepted as EventEmitter['emit'])) return
    Reflect.deleteProperty(server, 'emit')
    if (own !== undefined) Object.defineProperty(server, 'emit', own)
  }
}
