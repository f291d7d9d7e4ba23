import type { Tracker } from '@evenkeel/core'
import type { Transport } from './transport.js'

/** How long a record may be unused, in milliseconds, before its socket is looked at. */
const unused = 60_000

/** A safety net: closes the records whose socket ended without telling. It never ends a socket. */
export function reap(tracker: Tracker<Transport>, now: number): boolean {
  tracker.sweep(now - unused, ({ transport }) => transport.socket.destroyed, now)
  return tracker.size > 0
}
