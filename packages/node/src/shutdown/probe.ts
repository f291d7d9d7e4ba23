import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { keelOf } from '../server/attach.js'
import { serverOf } from '../server/server-of.js'

/** Whether the server of this request is in service: false as soon as its shutdown begins. */
export function isReady(request: IncomingMessage | Http2ServerRequest): boolean {
  const server = serverOf(request)
  return server === undefined || (keelOf(server)?.ready ?? true)
}

/**
 * Answers a readiness probe: 200 `ready`, and 503 `leaving` as soon as the shutdown of the request's server begins.
 * In Kubernetes use it as a `readinessProbe`, never as a `livenessProbe`.
 */
export function probe(
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
): void {
  response.statusCode = isReady(request) ? 200 : 503
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('Cache-Control', 'no-store')
  response.end(response.statusCode === 200 ? 'ready\n' : 'leaving\n')
}
