import type { Connection } from '@evenkeel/core'
import { setDeadline } from './deadline.js'
import type { Transport } from './watch.js'

/** How long a client has to close its side when the server has closed its own, in milliseconds; nginx: `lingering_timeout`. */
export const closeTime = 5_000

/** Nothing is left but the client's close, and that is waited for only so long. */
export function awaitClientClose(connection: Connection<Transport>, wait: number = closeTime): void {
  const { transport } = connection
  setDeadline(connection, 'linger', transport.watch.limits.clock.now() + wait, () => transport.destroy())
}
