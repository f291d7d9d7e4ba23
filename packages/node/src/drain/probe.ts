import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { keelOf } from '../attach.js'
import { serverOf } from '../server-of.js'

/**
 * Answers a readiness probe: 200 `ready`, and 503 `leaving` from the moment the shutdown of the server begins that
 * the request came to. For Kubernetes a `readinessProbe`, never a `livenessProbe`.
 */
export function probe(
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
): void {
  const server = serverOf(request)
  const isReady = server === undefined || (keelOf(server)?.ready ?? true)
  response.statusCode = isReady ? 200 : 503
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('Cache-Control', 'no-store')
  response.end(isReady ? 'ready\n' : 'leaving\n')
}
