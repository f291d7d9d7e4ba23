import type { Connection } from '@evenkeel/core'
import type { Transport, Watch } from './watch.js'

/**
 * Reads the clock for what needs no finer time until it is read again. Between two readings is a second, or however long
 * the event loop stands still.
 */
export function readClock(watch: Watch): number {
  const now = watch.limits.clock.now()
  if (watch.tracker.table.size > 0) watch.inexactness = Math.max(watch.inexactness, now - watch.now)
  watch.now = now
  return now
}

/** It matters to the millisecond when a connection was last used while some may have to be closed idle. */
export function decideExactness(watch: Watch): void {
  const isWanted = watch.draining || watch.limits.maxConnections !== Infinity
  if (isWanted === (watch.exactSince !== Infinity)) return
  watch.exactSince = isWanted ? readClock(watch) : Infinity
}

/** The latest time at which a connection may have been used last, in milliseconds of the clock. */
export function lastUseOf({ lastUsedAt, transport }: Connection<Transport>): number {
  const { exactSince, inexactness } = transport.watch
  return lastUsedAt < exactSince ? Math.min(exactSince, lastUsedAt + inexactness) : lastUsedAt
}
