import type { Connection } from '@evenkeel/core'
import { setDeadline } from './deadline.js'
import { isBusy, retire, startGrace } from './retire.js'
import type { Transport } from './watch.js'

/**
 * Sets the deadlines of a connection from the limits in force: its age, its grace, and the idle timeout of a session.
 * It is called when the connection opens, and again when the limits have changed.
 */
export function startTimeLimits(connection: Connection<Transport>): void {
  const { transport, stage } = connection
  const { limits } = transport.watch
  const isAwaited = transport.retirement !== undefined || stage === 'upgraded'
  if (limits.maxConnectionAgeGrace !== Infinity || isAwaited) retireAtAge(connection)
  if (connection.retired === 'max-age') startGrace(connection, limits.clock.now())
  if (transport.protocol === 'http/2') retireWhenIdle(connection)
}

/**
 * Retires a connection when it reaches its age limit while something is in flight: a stream, a long poll, an upgraded
 * socket. An idle connection waits for its next response, which says so.
 */
export function retireAtAge(
  connection: Connection<Transport>,
  at: number = connection.openedAt + connection.ageLimit,
): void {
  const { watch } = connection.transport
  if (at === Infinity) return
  setDeadline(connection, 'age', at, () => {
    const { limits } = watch
    const now = limits.clock.now()
    // An update has changed its limit.
    if (now < connection.openedAt + connection.ageLimit) return retireAtAge(connection)
    if (isBusy(connection)) {
      if (!retire(connection, 'max-age', now)) startGrace(connection, now)
    } else if (limits.maxConnectionAgeGrace !== Infinity) {
      retireAtAge(connection, now + limits.maxConnectionAgeGrace)
    }
  })
}

/** Node has no idle timeout for sessions. One deadline follows each session's last use. */
function retireWhenIdle(connection: Connection<Transport>, since: number = connection.lastUsedAt): void {
  const { watch } = connection.transport
  const { idleTimeout, tuneTimeouts, clock } = watch.limits
  if (idleTimeout === Infinity || !tuneTimeouts) return
  setDeadline(connection, 'idle', since + idleTimeout, () => {
    // An update has turned `tuneTimeouts` off.
    if (!watch.limits.tuneTimeouts) return
    const now = clock.now()
    if (connection.inFlight > 0) retireWhenIdle(connection, now)
    else if (now < connection.lastUsedAt + watch.limits.idleTimeout) retireWhenIdle(connection)
    else retire(connection, 'idle-timeout', now)
  })
}
