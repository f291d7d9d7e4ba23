import type { FleetStatus } from '../fleet/status.js'
import type { Connection, State } from '../table/connection.js'
import type { Counters, Totals } from './counters.js'
import type { DistributionSnapshot } from './distribution.js'

/** Everything at one moment. Frozen; its numbers do not change afterwards. */
export interface Snapshot {
  /** Connections tracked now, by state. */
  readonly connections: Readonly<Record<Exclude<State, 'closed'>, number>> & { readonly total: number }
  /** Counts since the server was attached. */
  readonly totals: Totals
  /** Requests that each closed connection served. */
  readonly requestsPerConnection: DistributionSnapshot
  /** Milliseconds between accept and close of each closed connection. */
  readonly ageAtClose: DistributionSnapshot
  /** Milliseconds without a request of each connection that was idle when it closed; as exact as its `idle`. */
  readonly idleAtClose: DistributionSnapshot
  /** The server and its fleet; none where it is in no fleet. */
  readonly fleet: FleetStatus | undefined
}

export function takeSnapshot(
  connections: Iterable<Connection>,
  counters: Counters,
  fleet: FleetStatus | undefined,
): Snapshot {
  const byState: Record<State | 'total', number> = {
    new: 0,
    active: 0,
    idle: 0,
    upgraded: 0,
    closed: 0,
    total: 0,
  }
  for (const connection of connections) {
    byState[connection.state]++
    byState.total++
  }
  const { closed: _, ...tracked } = byState
  return Object.freeze({
    connections: Object.freeze(tracked),
    totals: counters.totals(),
    requestsPerConnection: counters.requestsPerConnection(),
    ageAtClose: counters.ageAtClose(),
    idleAtClose: counters.idleAtClose(),
    fleet,
  })
}
