import type { Connection } from '@evenkeel/core'
import { startTimeLimits } from './time-limits.js'
import type { Transport } from './watch.js'

/**
 * For dry runs. A request after a connection's last would have come on a new connection, which would have needed
 * room. From now on the connection stands for that one.
 */
export function reopen(connection: Connection<Transport>): void {
  const { tracker, limits, makeRoom } = connection.transport.watch
  const now = limits.clock.now()
  // Its last request is not answered yet.
  if (connection.requests >= connection.requestLimit) tracker.retire(connection, 'max-requests', now)
  if (connection.retired === undefined) return
  tracker.renew(connection, now)
  startTimeLimits(connection)
  if (!makeRoom(connection.address)) tracker.refuse(connection.key)
}
