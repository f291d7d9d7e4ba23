import { type Connection, type Reason, stateOf } from '@evenkeel/core'
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
  const { agenda, limits } = connection.transport.watch
  const at = connection.openedAt + connection.ageLimit
  if (at === Infinity) return
  agenda.add(at, function due() {
    if (connection.closed || connection.retired !== undefined) return
    const now = limits.clock.now()
    const state = stateOf(connection)
    if (state === 'active' || state === 'upgraded') retire(connection, 'max-age', now)
    else if (limits.maxConnectionAgeGrace !== Infinity) agenda.add(now + limits.maxConnectionAgeGrace, due)
  })
}

function startGrace(connection: Connection<Transport>, now: number): void {
  const { transport } = connection
  const { agenda, limits, tracker } = transport.watch
  if (limits.maxConnectionAgeGrace === Infinity) return
  agenda.add(now + limits.maxConnectionAgeGrace, () => {
    if (connection.closed || stateOf(connection) === 'idle') return
    tracker.destroy(connection)
    transport.destroy()
  })
}
