import { type Connection, type Reason, stateOf } from '@evenkeel/core'
import { later } from './later.js'
import type { Transport } from './watch.js'

/** Retires a connection: the record, the signal of whoever waits for it, and the end of its grace. */
export function retire(connection: Connection<Transport>, reason: Reason, now: number): boolean {
  const { transport } = connection
  const { tracker } = transport.watch
  if (!tracker.retire(connection, reason, now)) return false
  if (reason === 'max-age') startGrace(connection, now)
  transport.retired()
  transport.retirement?.abort(reason)
  return true
}

/**
 * Retires a connection for its age when that comes, if something is in flight that no header would end: a
 * stream, a long poll, an upgraded socket. An idle one is left to its next response.
 */
export function retireAtAge(connection: Connection<Transport>): void {
  const { limits } = connection.transport.watch
  const at = connection.openedAt + connection.ageLimit
  if (at === Infinity) return
  later(connection, at, function due() {
    const now = limits.clock.now()
    if (!isBusy(connection)) {
      if (limits.maxConnectionAgeGrace !== Infinity)
        later(connection, now + limits.maxConnectionAgeGrace, due)
    } else if (!retire(connection, 'max-age', now)) {
      startGrace(connection, now)
    }
  })
}

/** Destroys what is still under way when the grace is over, and looks again a grace later at what is idle. */
function startGrace(connection: Connection<Transport>, now: number): void {
  const { transport } = connection
  const { limits, tracker } = transport.watch
  if (limits.maxConnectionAgeGrace === Infinity) return
  later(connection, now + limits.maxConnectionAgeGrace, () => {
    if (transport.gone) return
    if (!isBusy(connection)) return startGrace(connection, limits.clock.now())
    tracker.destroy(connection, limits.clock.now())
    transport.destroy()
  })
}

function isBusy(connection: Connection<Transport>): boolean {
  const state = stateOf(connection)
  return state === 'active' || state === 'upgraded'
}
