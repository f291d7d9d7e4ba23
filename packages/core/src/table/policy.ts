import type { Connection } from './connection.js'
import type { Reason } from './reason.js'

/** Whether a connection has reached one of the limits it drew, and which. */
export function decide(connection: Readonly<Connection>, now: number): Reason | undefined {
  if (connection.requests >= connection.requestLimit) return 'max-requests'
  if (now - connection.openedAt >= connection.ageLimit) return 'max-age'
  return undefined
}

/**
 * How many of the open connections should make room, so that a burst of new ones finds some: nginx begins at one
 * free place of sixteen as well (`ngx_drain_connections` in `ngx_connection.c`).
 */
export function shortage(open: number, maxConnections: number): number {
  if (maxConnections === Infinity) return 0
  const reserve = Math.min(Math.max(1, Math.floor(maxConnections / 16)), maxConnections - 1)
  return Math.max(0, reserve - (maxConnections - open))
}
