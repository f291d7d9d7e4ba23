import { type Keel, Keels, type ServerOptions } from '@evenkeel/node'
import type { RequestHandler } from 'express'

export * from '@evenkeel/node'

/** Express middleware that knows its servers. */
export interface EvenKeelHandler extends RequestHandler {
  /** The keel of the server behind the application. Undefined before its first request. */
  readonly keel: Keel | undefined
  /** The keels of all open servers, if the application listens with several. */
  readonly keels: Iterable<Keel>
}

/**
 * Express middleware: retires the connections of every server that the application listens with. The first
 * request of a server attaches it; `attach(app.listen(port), options)` does so at start.
 *
 * @throws {@link OptionError} for an option that cannot be used.
 */
export function evenkeel(options?: ServerOptions): EvenKeelHandler {
  const keels = new Keels(options)
  const handler: RequestHandler = (request, response, next) => {
    keels.meet(request, response)
    next()
  }
  return Object.defineProperties(handler, {
    keel: { get: () => keels.current },
    keels: { value: keels },
  }) as EvenKeelHandler
}
