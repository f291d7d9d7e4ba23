import type { Connection } from './connection.js'
import type { Reason } from './reason.js'

/** Whether a connection has reached one of the limits it drew, and which. */
export function decide(connection: Readonly<Connection>, now: number): Reason | undefined {
  if (connection.requests >= connection.requestLimit) return 'max-requests'
  if (now - connection.openedAt >= connection.ageLimit) return 'max-age'
  return undefined
}

/**
 * How many open connections should make room, so that one place of sixteen is free for a burst of new ones. nginx
 * keeps the same share free (`ngx_drain_connections` in `ngx_connection.c`).
 */
export function shortage(open: number, maxConnections: number): number {
  if (maxConnections === Infinity) return 0
  const reserve = Math.min(Math.max(1, Math.floor(maxConnections / 16)), maxConnections - 1)
  return Math.max(0, reserve - (maxConnections - open))
}
