import { Connection, describe, type Ending, type Side } from './connection.js'
import { Counters, type Totals } from './counters.js'
import { Events, type ReportError } from './events.js'
import type { ConnectionLimits } from './options.js'
import { invalid } from './parse.js'
import { decide } from './policy.js'
import { type Reason, reasons } from './reason.js'
import { type Snapshot, takeSnapshot } from './snapshot.js'
import { ConnectionTable } from './table.js'

export interface TrackerOptions {
  /** Whether the peers are told apart when room has to be made; costs a little with each request. Default false. */
  readonly fair?: boolean
  readonly report: ReportError
}

/**
 * The life of every connection: opened, counted, retired, closed. Each step changes the record, the counters
 * and the table together and then tells the listeners, so that none of them can be forgotten. Time is an
 * argument, so that a caller reads its clock once for all it does.
 */
export class Tracker<Transport = unknown> {
  readonly events: Events
  readonly #limits: ConnectionLimits
  readonly #counters = new Counters()
  readonly #table: ConnectionTable<Transport>

  constructor(limits: ConnectionLimits, { fair = false, report }: TrackerOptions) {
    this.#limits = limits
    this.events = new Events(report)
    this.#table = new ConnectionTable(fair)
  }

  get size(): number {
    return this.#table.size
  }

  open(address: string, port: number | undefined, transport: Transport, now: number): Connection<Transport> {
    const connection = new Connection(address, port, transport, this.#limits, now)
    this.#counters.opened++
    this.#table.add(connection)
    this.events.emit('open', () => ({ type: 'open', connection: describe(connection, now) }))
    return connection
  }

  /** A request has arrived and counts. */
  count(connection: Connection<Transport>): void {
    connection.requests++
    this.#counters.requests++
  }

  /** A request is in flight, whether it counts or not, until `finish`. */
  begin(connection: Connection<Transport>): void {
    connection.inFlight++
    if (connection.inFlight === 1) this.#table.place(connection)
  }

  finish(connection: Connection<Transport>, now: number): void {
    if (connection.inFlight > 0) connection.inFlight--
    connection.lastUsedAt = now
    if (connection.inFlight === 0) this.#table.place(connection)
  }

  /** Whether the policy may retire the connection within the next `ahead` milliseconds, or has done so. */
  isDue(connection: Readonly<Connection<Transport>>, now: number, ahead: number): boolean {
    return connection.retired !== undefined || decide(connection, now + ahead) !== undefined
  }

  /** The reason for which the connection is retired or, if the policy is asked now, should be. */
  decide(connection: Readonly<Connection<Transport>>, now: number): Reason | undefined {
    return connection.retired ?? decide(connection, now)
  }

  /** The first reason wins: false if the connection was retired, or closed, before. */
  retire(connection: Connection<Transport>, reason: Reason, now: number): boolean {
    if (!reasons.includes(reason)) throw invalid('reason', reason, `one of ${reasons.join(', ')}`)
    if (connection.retired !== undefined || connection.closed) return false
    connection.retired = reason
    this.#counters.retired[reason]++
    this.events.emit('retire', () => ({ type: 'retire', reason, connection: describe(connection, now) }))
    return true
  }

  upgrade(connection: Connection<Transport>): void {
    connection.upgraded = true
    this.#table.place(connection)
  }

  /** The connection's last response is sent, and this is what goes on behind it. */
  end(connection: Connection<Transport>, ending: Ending): void {
    connection.ending = ending
    this.#table.place(connection)
  }

  /** The connection is about to be cut with work in flight. */
  destroy(connection: Connection<Transport>): void {
    if (!connection.closed) this.#counters.destroyed++
  }

  /** The transport has ended, and the record with it. */
  close(connection: Connection<Transport>, by: Side | undefined, now: number): void {
    if (connection.closed) return
    this.#counters.close(connection, by, now)
    connection.closed = true
    connection.inFlight = 0
    this.#table.remove(connection)
    this.events.emit('close', () => ({
      type: 'close',
      reason: connection.retired,
      by,
      connection: describe(connection, now),
    }))
  }

  /** A request came behind the connection's last response. */
  late(): void {
    this.#counters.late++
  }

  /** A new connection found no room. */
  refuse(key: string): void {
    this.#counters.refused++
    this.events.emit('refuse', () => ({ type: 'refuse', key }))
  }

  /** See {@link ConnectionTable.unusedSince}. */
  unusedSince(deadline: number): readonly Connection<Transport>[] {
    return this.#table.unusedSince(deadline)
  }

  /** See {@link ConnectionTable.next}. */
  next(deadline: number, stale: number, newcomer?: string): Connection<Transport> | undefined {
    return this.#table.next(deadline, stale, newcomer)
  }

  /** See {@link ConnectionTable.patrol}. */
  patrol(calls: number): readonly Connection<Transport>[] {
    return this.#table.patrol(calls)
  }

  /** Every record. Make a copy where some may close meanwhile. */
  [Symbol.iterator](): Iterator<Connection<Transport>> {
    return this.#table[Symbol.iterator]()
  }

  /** Drops a record without a word: its connection is no longer our business. */
  forget(connection: Connection<Transport>): void {
    connection.closed = true
    this.#table.remove(connection)
  }

  totals(): Totals {
    return this.#counters.totals()
  }

  snapshot(): Snapshot {
    return takeSnapshot(this.#table, this.#counters)
  }
}
