import { type Connection, type Reason, stateOf } from '@evenkeel/core'
import { setDeadline } from './deadline.js'
import type { Transport } from './transport.js'

/** Retires a connection: the record, the signal of whoever waits for it, and the end of its grace. */
export function retire(connection: Connection<Transport>, reason: Reason, now: number): boolean {
  const { transport } = connection
  const { tracker } = transport.watch
  if (!tracker.retire(connection, reason, now)) return false
  if (reason === 'max-age') startGrace(connection, now)
  if (tracker.dryRun) return true
  transport.retired()
  transport.retirement?.abort(reason)
  return true
}

/**
 * Destroys what is still under way when the grace is over, and looks again a grace later at what is idle. A grace that
 * has begun is not begun again.
 */
export function startGrace(connection: Connection<Transport>, now: number): void {
  const { transport } = connection
  const { tracker, limits } = transport.watch
  if (limits.maxConnectionAgeGrace === Infinity || transport.deadlines?.has('grace')) return
  setDeadline(connection, 'grace', now + limits.maxConnectionAgeGrace, () => {
    // Of a dry run: it stands for another by now.
    if (transport.gone || connection.retired === undefined) return
    // An update has given it all the time that it wants.
    if (transport.watch.limits.maxConnectionAgeGrace === Infinity) return
    const time = transport.watch.limits.clock.now()
    if (!isBusy(connection)) return startGrace(connection, time)
    tracker.destroy(connection, time)
    if (!tracker.dryRun) transport.destroy()
  })
}

export function isBusy(connection: Connection<Transport>): boolean {
  const state = stateOf(connection)
  return state === 'active' || state === 'upgraded'
}
