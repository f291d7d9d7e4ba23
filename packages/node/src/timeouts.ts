import type { Server } from 'node:http'

/** Node's own margin between the timeout it advertises and the one it keeps; a setting since 22.19 and 24.6. */
const buffer = 1_000

type Timeouts = Partial<Pick<Server, 'keepAliveTimeout' | 'headersTimeout'>> & {
  keepAliveTimeoutBuffer?: number
}

/** The idle timeout that a server has now, in milliseconds; Node's 0 means that it has none. */
export function idleTimeoutOf(server: Server): number {
  return server.keepAliveTimeout === 0 ? Infinity : server.keepAliveTimeout
}

/**
 * Sets the server's timeouts from the idle timeout (milliseconds, `Infinity` for none) and returns what sets
 * them back, except where somebody else has changed them since.
 */
export function tuneTimeouts(server: Server, idleTimeout: number): () => void {
  const target: Server & Timeouts = server
  const tuned: Timeouts = {
    keepAliveTimeout: idleTimeout === Infinity ? 0 : idleTimeout,
    headersTimeout: headersTimeoutFor(server, idleTimeout),
    ...('keepAliveTimeoutBuffer' in server && { keepAliveTimeoutBuffer: buffer }),
  }
  const before = Object.fromEntries(Object.keys(tuned).map((name) => [name, Reflect.get(target, name)]))
  Object.assign(target, tuned)
  return () => {
    for (const [name, value] of Object.entries(tuned)) {
      if (Reflect.get(target, name) === value) Reflect.set(target, name, before[name])
    }
  }
}

/**
 * Above the idle timeout, so that no header timer can end a connection that is still kept; never below what
 * the server had, never above its `requestTimeout`, and 0 (off) stays off.
 */
function headersTimeoutFor({ headersTimeout, requestTimeout }: Server, idleTimeout: number): number {
  if (headersTimeout === 0 || idleTimeout === Infinity) return headersTimeout
  const wanted = idleTimeout + 2 * buffer
  return Math.max(headersTimeout, requestTimeout === 0 ? wanted : Math.min(wanted, requestTimeout))
}
