import type { Connection, Reason } from '@evenkeel/core'
import { clearDeadlines } from './deadline.js'
import { retire } from './retire.js'
import type { Transport } from './watch.js'

/**
 * Ends a connection that has nothing in flight, at once, because no response is under way that could tell the client.
 * In a dry run it only retires it.
 */
export function endIdle(connection: Connection<Transport>, reason: Reason, now: number): void {
  retire(connection, reason, now)
  const { tracker } = connection.transport.watch
  if (tracker.dryRun) return
  connection.transport.destroy()
  clearDeadlines(connection)
  // Its place is free at once, before the `close` event of its socket.
  tracker.close(connection, 'server', now, true)
}
