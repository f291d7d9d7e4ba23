import type { Connection } from './connection.js'
import type { Reason } from './reason.js'

/** Whether a connection has reached one of the limits it drew, and which. */
export function decide(connection: Readonly<Connection>, now: number): Reason | undefined {
  if (connection.requests >= connection.requestLimit) return 'max-requests'
  if (now - connection.openedAt >= connection.ageLimit) return 'max-age'
  return undefined
}
