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
   * Hands on as many arguments as it gets. Each event of a server has its own case, because an array for each event
   * would cost time.
   */
  function intercepted(
    this: EventEmitter,
    event: string,
    first: unknown,
    second: unknown,
    third: unknown,
  ): boolean {
    if (active && interceptor(event, first, second)) return true
    // biome-ignore lint/complexity/noArguments: only their number is read, which costs nothing.
    switch (arguments.length) {
      case 1:
        return emit.call(this, event)
      case 2:
        return emit.call(this, event, first)
      case 3:
        return emit.call(this, event, first, second)
      case 4:
        return emit.call(this, event, first, second, third)
      default:
        // biome-ignore lint/complexity/noArguments: Node's own events do not come here.
        return emit.apply(this, arguments as unknown as unknown[])
    }
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
