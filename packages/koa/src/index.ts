import { isReady, type Keel, Keels, type ServerOptions } from '@evenkeel/node'
import type { Middleware } from 'koa'

export * from '@evenkeel/node'

/** Koa middleware that knows its servers. */
export interface EvenKeelMiddleware extends Middleware {
  /** The keel of the server behind the application. Undefined before its first request. */
  readonly keel: Keel | undefined
  /** The keels of all open servers, if the application listens with several. */
  readonly keels: Iterable<Keel>
}

/**
 * Koa middleware: retires the connections of every server that the application listens with. The first
 * request of a server attaches it; `attach(app.listen(port), options)` does so at start.
 *
 * @throws {@link OptionError} for an option that cannot be used.
 */
export function evenkeel(options?: ServerOptions): EvenKeelMiddleware {
  const keels = new Keels(options)
  const middleware: Middleware = (context, next) => {
    keels.meet(context.req, context.res)
    return next()
  }
  return Object.defineProperties(middleware, {
    keel: { get: () => keels.current },
    keels: { value: keels },
  }) as EvenKeelMiddleware
}

/** Koa middleware that answers a readiness probe: 200, and 503 as soon as a shutdown begins. */
export const probe: Middleware = (context) => {
  context.status = isReady(context.req) ? 200 : 503
  context.body = context.status === 200 ? 'ready\n' : 'leaving\n'
  context.set('Cache-Control', 'no-store')
}
