import { IncomingMessage } from 'node:http'
import type { Http2ServerRequest, ServerHttp2Stream } from 'node:http2'
import { invalid } from '@evenkeel/core'
import { connectionOf } from './carrier.js'
import { retireAtAge } from './time-limits.js'

/**
 * An `AbortSignal` that fires when the connection of this request is retired. So a long stream (Server-Sent Events, a
 * WebSocket) can end politely by itself, and let its client reconnect. Its `reason` is the {@link Reason}.
 * Every call for one connection gives the same signal.
 *
 * The signal lives as long as the connection: remove your listener when the response closes.
 *
 * The signal of a request never fires if its server is not attached, or if the request was injected without a
 * network.
 */
export function retireSignal(request: IncomingMessage | Http2ServerRequest | ServerHttp2Stream): AbortSignal {
  const connection = connectionOf(carrierOf(request))
  if (connection === undefined) return new AbortController().signal
  const { transport } = connection
  if (transport.retirement === undefined) {
    transport.retirement = new AbortController()
    if (connection.retired === undefined || transport.watch.tracker.dryRun) retireAtAge(connection)
    // Fires when the caller has added its listeners.
    else setImmediate(() => transport.retirement?.abort(connection.retired))
  }
  return transport.retirement.signal
}

/** The socket of an HTTP/1 request, the session of an HTTP/2 request or stream. */
export function carrierOf(request: IncomingMessage | Http2ServerRequest | ServerHttp2Stream): object {
  // This comes first, because a session middleware sets `session` on an HTTP/1 request. A request that was handed on
  // as a body may have lost its socket.
  if (request instanceof IncomingMessage) return request.socket ?? request
  assertOwn(request)
  if ('stream' in request) return request.stream.session ?? request
  if ('session' in request) return request.session ?? request
  return request
}

/** Frameworks wrap the request that has the connection, and no connection is found by theirs. */
function assertOwn(request: unknown): void {
  const { raw, req = raw } = Object(request)
  if (Object(request) === request && Object(req).headers === undefined) return
  throw invalid('request', request, "Node's own request: request.raw in Fastify, context.req in Koa")
}
