import { forgetful, idleBehind, type Peer, peers } from '@evenkeel/core'
import type { KeepAliveSeen } from './probes/keep-alive.js'

/** What to set on a server, so that connections end politely and none is closed while a peer uses it. */
export interface Setting {
  readonly server: string
  readonly text: string
}

/** An idle timeout as each server writes it, in seconds. */
type Texts = Record<string, (idle: number) => string>

const settings: Texts = {
  nginx: (idle) => `keepalive_requests 1000; keepalive_time 5m; keepalive_timeout ${idle}s;`,
  Node: (idle) =>
    `server.maxRequestsPerSocket = 1000; server.keepAliveTimeout = ${idle}_000 (no limit on age, no jitter)`,
  HAProxy: (idle) =>
    `timeout http-keep-alive ${idle}s (no limit on requests or age of a client's connection)`,
  Go: (idle) =>
    `w.Header().Set("Connection", "close") in a handler, for every 1000th request of a connection (http.Server.ConnContext counts); http.Server{IdleTimeout: ${idle} * time.Second}`,
  Tomcat: (idle) =>
    `<Connector maxKeepAliveRequests="1000" keepAliveTimeout="${idle}000" … /> (no limit on age)`,
  Envoy: (idle) =>
    `max_requests_per_connection: 1000, max_connection_duration: 300s and idle_timeout: ${idle}s in common_http_protocol_options of the HTTP connection manager`,
}

const evenKeel = (behind: Peer | undefined, idle: number): string => {
  const options = behind === undefined ? '' : `{ idleTimeout: idleTimeoutBehind('${behind}') }`
  const attached = options === '' ? 'attach(server)' : `attach(server, ${options})`
  const registered = options === '' ? 'evenkeel' : `evenkeel, ${options}`
  return `app.use(evenkeel(${options})) for Express and Koa, app.register(${registered}) for Fastify, ${attached} for node:http: 1000 requests, 5 minutes, ${idle} s idle, jitter`
}

/** It stands for the peer where nobody has named one: many keep connections for 60 s. */
const usual: Peer = 'nginx'

/** What the idle timeout of the settings is for. */
export function idleAdvice(behind: Peer | undefined): string {
  if (behind === undefined) {
    return `The idle timeout must exceed that of the peer in front, which --behind tells; ${idleBehind(usual)} s is for peers that keep connections for ${peers[usual]} s.`
  }
  const { verb, than } = forgetful.includes(behind)
    ? { verb: 'forgets', than: 'less' }
    : { verb: 'closes', than: 'more' }
  const margin = Math.abs(idleBehind(behind) - peers[behind])
  return `${behind} ${verb} an idle connection after ${peers[behind]} s: the idle timeout is ${margin} s ${than}.`
}

/**
 * The settings for the server that is looked at, or for all that are known where it does not tell what it is.
 *
 * @param behind the peer that is known to be in front.
 */
export function settingsFor(seen: KeepAliveSeen | undefined, behind: Peer | undefined): Setting[] {
  const idle = idleBehind(behind ?? usual)
  const all = Object.entries(settings).map(([server, write]) => ({ server, text: write(idle) }))
  all.push({ server: 'Even Keel', text: evenKeel(behind, idle) })
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
