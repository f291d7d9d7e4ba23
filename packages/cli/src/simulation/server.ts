import { type Connection, type FleetState, type Limits, Tracker } from '@evenkeel/core'
import type { Rule } from './rule.js'

/** A client's end of a connection. */
export interface End {
  /** Requests per second that it will send, on average. */
  readonly rate: number
  /** Counts the requests that came since the last call. */
  catchUp(now: number): void
  /** The connection may take no more than one further request. */
  retired(now: number): void
}

/** A server: the shipped tracker, the rule, and a count of what came. */
export class Server {
  readonly id: number
  readonly tracker: Tracker<End>
  readonly rule: Rule<End> | undefined
  requests = 0
  state: FleetState = 'joining'
  /** For how many ticks nothing was heard of the store. */
  missed = 0

  constructor(id: number, limits: Limits, rule: Rule<End> | undefined) {
    this.id = id
    this.rule = rule
    this.tracker = new Tracker(limits, {
      report(error) {
        throw error
      },
    })
  }

  get open(): number {
    return this.tracker.table.size
  }

  /** How many requests per second its connections will send, on average. */
  get expected(): number {
    let rate = 0
    for (const { transport } of this.tracker) rate += transport.rate
    return rate
  }

  /** @param openedAt earlier than now, where that is noticed late. */
  accept(address: string, end: End, now: number, openedAt: number = now): Connection<End> {
    const connection = this.tracker.open(address, undefined, end, openedAt)
    this.rule?.opened(connection, now)
    return connection
  }

  retire(connection: Connection<End>, now: number): void {
    const reason = this.rule === undefined ? 'max-requests' : 'fleet'
    if (this.tracker.retire(connection, reason, now)) connection.transport.retired(now)
  }

  /** Reads what arrived on all of its connections. */
  catchUp(now: number): void {
    const staying: Connection<End>[] = []
    for (const connection of this.tracker) if (connection.retired === undefined) staying.push(connection)
    for (const connection of staying) connection.transport.catchUp(now)
    for (const connection of staying) {
      if (connection.requests >= connection.requestLimit) this.retire(connection, now)
    }
  }

  count(connection: Connection<End>, requests: number): void {
    connection.requests += requests
    this.requests += requests
  }
}
