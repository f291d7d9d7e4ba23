import type { Connection } from '@evenkeel/core'
import { setDeadline } from './deadline.js'
import type { Transport } from './watch.js'

/**
 * How long a client has to close its side after the server has closed its own, in milliseconds; nginx:
 * `lingering_timeout`.
 */
export const closeTime = 5_000

/** Only the client's close is still to come. Cuts the connection when it does not come in time. */
export function awaitClientClose(connection: Connection<Transport>, wait: number = closeTime): void {
  const { transport } = connection
  setDeadline(connection, 'linger', transport.watch.limits.clock.now() + wait, () => transport.destroy())
}
