import type { HttpServer } from '../options/options.js'

/**
 * How much shorter than the server's own timeout is what its clients are told, in milliseconds. The server counts
 * from when it sent the response, a client from when it got it. So the margin must be longer than the way between
 * them.
 */
const margin = 5_000

/** What Node adds to `keepAliveTimeout` by itself. It is a setting since 22.19 and 24.6, and fixed before. */
const nodeBuffer = 1_000

/** The server's timeouts that Even Keel sets. */
interface Timeouts {
  keepAliveTimeout?: number
  keepAliveTimeoutBuffer?: number
  headersTimeout?: number
  requestTimeout?: number
}

/** The types of an HTTP/2 server that allows HTTP/1 lack these timeouts. */
function timeoutsOf(server: HttpServer): Timeouts {
  return server as Timeouts
}

/**
 * How long a server keeps an idle connection now, in milliseconds. `Infinity`: for ever. 0: it has no such timeout.
 */
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
 * How long beyond Node's own timer an idle connection must be kept, in milliseconds: 0 if that timer can be set late
 * enough.
 */
export function extension(server: HttpServer, idleTimeout: number): number {
  return 'keepAliveTimeoutBuffer' in server || idleTimeout === Infinity
    ? 0
    : Math.max(0, marginOf(idleTimeout) - nodeBuffer)
}

/**
 * Sets the server's timeouts from the idle timeout (milliseconds, `Infinity` for none). The server tells its clients
 * a time that is a margin shorter than that. Returns a function that restores the timeouts that nobody else has
 * changed since.
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
 * A `headersTimeout` above the idle timeout, so that it cannot end an idle connection that is still kept. It is never
 * below the server's own, and never above its `requestTimeout`. 0 (off) stays off.
 */
function headersTimeoutFor(
  { headersTimeout = 0, requestTimeout = 0 }: Timeouts,
  idleTimeout: number,
): number {
  if (headersTimeout === 0 || idleTimeout === Infinity) return headersTimeout
  const wanted = idleTimeout + 1_000
  return Math.max(headersTimeout, requestTimeout === 0 ? wanted : Math.min(wanted, requestTimeout))
}
