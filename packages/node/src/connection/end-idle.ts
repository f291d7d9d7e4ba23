import type { Connection, Reason } from '@evenkeel/core'
import { clearDeadlines } from './deadline.js'
import { retire } from './retire.js'
import type { Transport } from './watch.js'

/**
 * Ends a connection that has nothing in flight, at once: no response is under way that could say so. Not in a dry
 * run.
 */
export function endIdle(connection: Connection<Transport>, reason: Reason, now: number): void {
  retire(connection, reason, now)
  const { tracker } = connection.transport.watch
  if (tracker.dryRun) return
  connection.transport.destroy()
  clearDeadlines(connection)
  // Its place is free from here on, before its `close` is told.
  tracker.close(connection, 'server', now, true)
}
