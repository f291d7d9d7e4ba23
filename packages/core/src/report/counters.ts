import { type Connection, type Side, sides } from '../table/connection.js'
import { type Reason, reasons } from '../table/reason.js'
import { Distribution, type DistributionSnapshot } from './distribution.js'

/** Totals since the counting began. They only grow. */
export interface Totals {
  /** Connections opened. */
  readonly opened: number
  /** Connections closed. */
  readonly closed: number
  /** Requests counted; exempt ones are not. */
  readonly requests: number
  /** Connections retired, by reason. A connection that its client ends first is not among them. */
  readonly retired: Readonly<Record<Reason, number>>
  /** Connections that have ended, by the reason they were retired for and by the side that ended them first. */
  readonly closes: Readonly<Record<Reason | 'none', Readonly<Record<Side | 'unknown', number>>>>
  /**
   * Idle connections that ended, by the side that ended them. If it was the server, a request may have been on its
   * way.
   */
  readonly idleCloses: Readonly<Record<Side, number>>
  /** Connections cut with work in flight, after their grace. */
  readonly destroyed: number
  /** Requests that came after their connection's last response, and were not handed to the application. */
  readonly late: number
  /** Connections that found no room and were never opened. */
  readonly refused: number
  /** Drains begun. */
  readonly drains: number
}

/** The reasons that closes are counted by. `none`: the connection was not retired. */
export const causes: readonly [...typeof reasons, 'none'] = [...reasons, 'none']

/** The sides that closes are counted by: who ended it first. `unknown`: that could not be seen. */
export const enders: readonly [...typeof sides, 'unknown'] = [...sides, 'unknown']

/** The sums over all connections. */
export class Counters {
  opened = 0
  closed = 0
  requests = 0
  destroyed = 0
  late = 0
  refused = 0
  drains = 0
  readonly retired: Record<Reason, number> = zeros(reasons)
  readonly #closes: Record<Reason | 'none', Record<Side | 'unknown', number>> = each(causes, () =>
    zeros(enders),
  )
  readonly #idleCloses: Record<Side, number> = zeros(sides)
  readonly #requestsPerConnection = new Distribution()
  readonly #ageAtClose = new Distribution()
  readonly #idleAtClose = new Distribution()

  /** Counts a close. True if the connection was idle: its end may have met a request. */
  close(connection: Readonly<Connection>, by: Side | undefined, now: number, unsaid: boolean): boolean {
    const wasIdle = endsIdle(connection, unsaid)
    this.closed++
    this.#closes[connection.retired ?? 'none'][by ?? 'unknown']++
    if (by !== undefined && wasIdle) this.#idleCloses[by]++
    this.#requestsPerConnection.record(connection.requests)
    this.#ageAtClose.record(now - connection.openedAt)
    if (wasIdle) this.#idleAtClose.record(now - connection.lastUsedAt)
    return wasIdle
  }

  totals(): Totals {
    return Object.freeze({
      opened: this.opened,
      closed: this.closed,
      requests: this.requests,
      retired: Object.freeze({ ...this.retired }),
      closes: Object.freeze(each(causes, (cause) => Object.freeze({ ...this.#closes[cause] }))),
      idleCloses: Object.freeze({ ...this.#idleCloses }),
      destroyed: this.destroyed,
      late: this.late,
      refused: this.refused,
      drains: this.drains,
    })
  }

  requestsPerConnection(): DistributionSnapshot {
    return this.#requestsPerConnection.snapshot()
  }

  ageAtClose(): DistributionSnapshot {
    return this.#ageAtClose.snapshot()
  }

  idleAtClose(): DistributionSnapshot {
    return this.#idleAtClose.snapshot()
  }
}

/** Whether its end can meet a request: it was used, is idle, and has not sent a last response. */
function endsIdle(connection: Readonly<Connection>, unsaid: boolean): boolean {
  const { retired, stage } = connection
  if (connection.state !== 'idle') return false
  if (retired === 'idle-timeout' || retired === 'evicted') return true
  return stage !== 'reading' && stage !== 'waiting' && (unsaid || retired === undefined)
}

function zeros<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return each(names, () => 0)
}

function each<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>
}
