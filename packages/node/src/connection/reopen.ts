import type { Connection } from '@evenkeel/core'
import { startTimeLimits } from './time-limits.js'
import type { Transport } from './watch.js'

/**
 * In a dry run: a request behind the last of a connection would have come on a new one, and would have needed room.
 * The connection stands for that one from now on.
 */
export function reopen(connection: Connection<Transport>): void {
  const { tracker, limits, makeRoom } = connection.transport.watch
  const now = limits.clock.now()
  // Its last request is still to be answered.
  if (connection.requests >= connection.requestLimit) tracker.retire(connection, 'max-requests', now)
  if (connection.retired === undefined) return
  tracker.renew(connection, now)
  startTimeLimits(connection)
  if (!makeRoom(connection.address)) tracker.refuse(connection.key)
}
