import type { HttpServer } from '../options/options.js'

/**
 * How much earlier than the server its clients are told to let go, in milliseconds. A client counts from when
 * it has the response, the server from when it sent it, so the margin has to outlast the way between them.
 */
const margin = 5_000

/** What Node adds to `keepAliveTimeout` by itself; a setting since 22.19 and 24.6, fixed before. */
const nodeBuffer = 1_000

/** The timeouts of a server that Even Keel sets. */
interface Timeouts {
  keepAliveTimeout?: number
  keepAliveTimeoutBuffer?: number
  headersTimeout?: number
  requestTimeout?: number
}

/** Of an HTTP/2 server that allows HTTP/1 the types know nothing of these. */
function timeoutsOf(server: HttpServer): Timeouts {
  return server as Timeouts
}

/** How long a server keeps an idle connection now, in milliseconds; `Infinity` for ever, 0 if it has no say. */
export function idleTimeoutOf(server: HttpServer): number {
  const { keepAliveTimeout, keepAliveTimeoutBuffer = nodeBuffer } = timeoutsOf(server)
  if (keepAliveTimeout === undefined) return 0
  return keepAliveTimeout === 0 ? Infinity : keepAliveTimeout + keepAliveTimeoutBuffer
}

/** Whether the server closes idle HTTP/1 connections by itself: a plain HTTP/2 server has none. */
export function hasKeepAlive(server: HttpServer): boolean {
  return 'headersTimeout' in server
}

/**
 * How long beyond Node's own timer an idle connection must be kept, in milliseconds: 0 where the timer can be
 * set as late as it should be.
 */
export function extension(server: HttpServer, idleTimeout: number): number {
  return 'keepAliveTimeoutBuffer' in server || idleTimeout === Infinity
    ? 0
    : Math.max(0, marginOf(idleTimeout) - nodeBuffer)
}

/**
 * Sets the server's timeouts from the idle timeout (milliseconds, `Infinity` for none): it advertises a time
 * to its clients that is a margin shorter than it keeps their connections. Returns what sets them back, except
 * where somebody else has changed them since.
 */
export function tuneTimeouts(server: HttpServer, idleTimeout: number): () => void {
  const target = timeoutsOf(server)
  const tuned: Timeouts = {
    keepAliveTimeout: idleTimeout === Infinity ? 0 : idleTimeout - marginOf(idleTimeout),
    headersTimeout: headersTimeoutFor(target, idleTimeout),
    ...('keepAliveTimeoutBuffer' in server && { keepAliveTimeoutBuffer: marginOf(idleTimeout) }),
  }
  const names = Object.keys(tuned) as (keyof Timeouts)[]
  const before = new Map(names.filter((name) => name in target).map((name) => [name, target[name]]))
  Object.assign(target, tuned)
  return () => {
    for (const name of names) {
      if (target[name] !== tuned[name]) continue
      if (before.has(name)) Object.assign(target, { [name]: before.get(name) })
      else Reflect.deleteProperty(target, name)
    }
  }
}

function marginOf(idleTimeout: number): number {
  return idleTimeout === Infinity ? nodeBuffer : Math.min(margin, idleTimeout / 2)
}

/**
 * Above the idle timeout, so that no header timer can end a connection that is still kept; never below what
 * the server had, never above its `requestTimeout`, and 0 (off) stays off.
 */
function headersTimeoutFor(
  { headersTimeout = 0, requestTimeout = 0 }: Timeouts,
  idleTimeout: number,
): number {
  if (headersTimeout === 0 || idleTimeout === Infinity) return headersTimeout
  const wanted = idleTimeout + 1_000
  return Math.max(headersTimeout, requestTimeout === 0 ? wanted : Math.min(wanted, requestTimeout))
}
