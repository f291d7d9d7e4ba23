import type { KeepAliveSeen } from './probes/keep-alive.js'

/** What to set on a server, so that connections end politely and none is closed while a peer uses it. */
export interface Setting {
  readonly server: string
  readonly text: string
}

const settings = {
  nginx: 'keepalive_requests 1000; keepalive_time 5m; keepalive_timeout 75s;',
  Node: 'server.maxRequestsPerSocket = 1000; server.keepAliveTimeout = 65_000 (no limit on age, no jitter)',
  HAProxy: "timeout http-keep-alive 65s (no limit on requests or age of a client's connection)",
  Go: 'w.Header().Set("Connection", "close") in a handler, for every 1000th request of a connection (http.Server.ConnContext counts); http.Server{IdleTimeout: 95 * time.Second}',
  Tomcat: '<Connector maxKeepAliveRequests="1000" keepAliveTimeout="65000" … /> (no limit on age)',
  Envoy:
    'max_requests_per_connection: 1000, max_connection_duration: 300s and idle_timeout: 65s in common_http_protocol_options of the HTTP connection manager',
  'Even Keel':
    'app.use(evenkeel()) for Express and Koa, app.register(evenkeel) for Fastify, attach(server) for node:http: 1000 requests, 5 minutes, 65 s idle, jitter',
} as const

/** The settings for the server that is looked at, or for all that are known where it does not tell what it is. */
export function settingsFor(seen: KeepAliveSeen | undefined): Setting[] {
  const all = Object.entries(settings).map(([server, text]) => ({ server, text }))
  const known = recognise(seen)
  return known === undefined ? all : all.filter(({ server }) => known.includes(server))
}

function recognise(seen: KeepAliveSeen | undefined): readonly string[] | undefined {
  const { server = '', hint, connection } = seen ?? {}
  if (/nginx|openresty/i.test(server)) return ['nginx']
  if (/envoy/i.test(server)) return ['Envoy']
  if (/tomcat|coyote/i.test(server)) return ['Tomcat']
  // Node sends both headers, and does not name itself. A proxy in front takes one of them away.
  if (server === '' && hint !== undefined && connection?.toLowerCase() === 'keep-alive')
    return ['Node', 'Even Keel']
  return undefined
}
