import { type Connection, type Side, stateOf } from './connection.js'
import { Distribution, type DistributionSnapshot } from './distribution.js'
import { type Reason, reasons } from './reason.js'

/** Totals since the counting began. They only grow. */
export interface Totals {
  readonly opened: number
  readonly closed: number
  readonly requests: number
  /** Connections retired, by reason. A connection that its client ends first is not among them. */
  readonly retired: Readonly<Record<Reason, number>>
  /**
   * Idle connections that ended, by the side that ended them. Each one that the server ended may have met a
   * request on its way.
   */
  readonly idleCloses: Readonly<Record<Side, number>>
  /** Connections cut with work in flight, after their grace. */
  readonly destroyed: number
  /** Requests that came behind their connection's last response, and were not handed to the application. */
  readonly late: number
  /** Connections that found no room and were never opened. */
  readonly refused: number
}

/** What is added up over the life of all connections. */
export class Counters {
  opened = 0
  closed = 0
  requests = 0
  destroyed = 0
  late = 0
  refused = 0
  readonly retired: Record<Reason, number> = zeroByReason()
  readonly #idleCloses: Record<Side, number> = { client: 0, server: 0 }
  readonly #requestsPerConnection = new Distribution()
  readonly #ageAtClose = new Distribution()

  close(connection: Readonly<Connection>, by: Side | undefined, now: number): void {
    this.closed++
    if (by !== undefined && isIdle(connection)) this.#idleCloses[by]++
    this.#requestsPerConnection.record(connection.requests)
    this.#ageAtClose.record(now - connection.openedAt)
  }

  totals(): Totals {
    return Object.freeze({
      opened: this.opened,
      closed: this.closed,
      requests: this.requests,
      retired: Object.freeze({ ...this.retired }),
      idleCloses: Object.freeze({ ...this.#idleCloses }),
      destroyed: this.destroyed,
      late: this.late,
      refused: this.refused,
    })
  }

  requestsPerConnection(): DistributionSnapshot {
    return this.#requestsPerConnection.snapshot()
  }

  ageAtClose(): DistributionSnapshot {
    return this.#ageAtClose.snapshot()
  }
}

/** Idle when it ended, and not on its way out behind a last response. */
function isIdle(connection: Readonly<Connection>): boolean {
  const { retired, ending } = connection
  if (stateOf(connection) !== 'idle' || ending !== undefined) return false
  return retired === undefined || retired === 'idle-timeout' || retired === 'evicted'
}

function zeroByReason(): Record<Reason, number> {
  return Object.fromEntries(reasons.map((reason) => [reason, 0])) as Record<Reason, number>
}
