import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import type { HttpServer } from '../options/options.js'

/**
 * The server that a request came to. Undefined for a request that a test injects without a network, or that has lost
 * its socket.
 */
export function serverOf(request: IncomingMessage | Http2ServerRequest): HttpServer | undefined {
  return (request.socket as { server?: HttpServer } | null)?.server
}
