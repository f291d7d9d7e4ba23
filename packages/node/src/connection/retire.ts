import type { Connection, Reason } from '@evenkeel/core'
import { setDeadline } from './deadline.js'
import type { Transport } from './watch.js'

/** Retires a connection: changes its record, starts its grace, ends it politely and fires its `retireSignal`. */
export function retire(connection: Connection<Transport>, reason: Reason, now: number): boolean {
  const { transport } = connection
  const { tracker } = transport.watch
  if (!tracker.retire(connection, reason, now)) return false
  if (reason === 'max-age') startGrace(connection, now)
  // A listener may have ended the dry run: the connection begins anew then.
  if (tracker.dryRun || connection.retired === undefined) return true
  transport.retired()
  transport.retirement?.abort(reason)
  return true
}

/**
 * Destroys the connection if something is in flight when the grace is over. If it is idle then, it is checked again
 * one grace later. A second call does nothing while the first grace runs.
 */
export function startGrace(connection: Connection<Transport>, now: number): void {
  const { transport } = connection
  const { limits } = transport.watch
  if (limits.maxConnectionAgeGrace === Infinity || transport.deadlines?.has('grace')) return
  setDeadline(connection, 'grace', now + limits.maxConnectionAgeGrace, () => {
    // In a dry run it may stand for another connection by now.
    if (transport.gone || connection.retired === undefined) return
    // An update has taken the grace away.
    if (transport.watch.limits.maxConnectionAgeGrace === Infinity) return
    const time = transport.watch.limits.clock.now()
    if (isBusy(connection)) destroy(connection, time)
    else startGrace(connection, time)
  })
}

/** Cuts a connection, and tells so if it is in use. In a dry run it only tells. */
export function destroy(connection: Connection<Transport>, now: number): void {
  const { transport } = connection
  const { tracker } = transport.watch
  if (isBusy(connection)) tracker.destroy(connection, now)
  if (!tracker.dryRun) transport.destroy()
}

export function isBusy(connection: Connection<Transport>): boolean {
  const state = connection.state
  return state === 'active' || state === 'upgraded'
}
