import type { Connection } from '@evenkeel/core'
import type { Transport, Watch } from './watch.js'

/** How much later than is known a connection may have been used, in milliseconds: the clock is read so often. */
export const inexactness = 1_000

/** Whether it matters from now on to the millisecond when a connection was last used. */
export function beExact(watch: Watch, isWanted: boolean): void {
  if (isWanted === (watch.exactSince !== Infinity)) return
  watch.exactSince = isWanted ? watch.limits.clock.now() : Infinity
}

/** The latest time at which a connection may have been used last, in milliseconds of the clock. */
export function lastUseOf({ lastUsedAt, transport }: Connection<Transport>): number {
  const { exactSince } = transport.watch
  return lastUsedAt < exactSince ? Math.min(exactSince, lastUsedAt + inexactness) : lastUsedAt
}
