import type { DrainReport } from './drain/drain.js'
import type { FleetStatus } from './fleet/status.js'
import { cures } from './fleet/status.js'
import type { ConnectionLimits, Limits } from './options/options.js'
import { unlisted } from './options/parse.js'
import { Counters, type Totals } from './report/counters.js'
import type { EventOf } from './report/event.js'
import { Events, type Outlet, type ReportError } from './report/events.js'
import { type Snapshot, takeSnapshot } from './report/snapshot.js'
import { Connection, type ConnectionInfo, describe, type Protocol, type Side } from './table/connection.js'
import { draw, loosen, tighten } from './table/draw.js'
import { decide } from './table/policy.js'
import { type Reason, reasons } from './table/reason.js'
import { leadsTo, type Next, type Stage } from './table/stage.js'
import { ConnectionTable } from './table/table.js'

export interface TrackerOptions<Transport> {
  readonly report: ReportError
  /** Also gets the events of each type that it wants: a channel of `node:diagnostics_channel`, for example. */
  readonly outlet?: Outlet
  readonly protocolOf?: (transport: Transport) => Protocol | undefined
}

/**
 * The life of every connection: opened, counted, retired, closed. Each step changes the record, the counters and the
 * table together, and then tells the listeners: no caller can forget one of them. The time is an argument, so that a
 * caller reads its clock once for several steps.
 */
export class Tracker<Transport = unknown> {
  readonly events: Events
  /** Read it; do not change it. Each step of the tracker changes it. */
  readonly table: ConnectionTable<Transport> = new ConnectionTable()
  readonly #protocolOf: (transport: Transport) => Protocol | undefined
  readonly #counters = new Counters()
  #limits: ConnectionLimits

  constructor(limits: ConnectionLimits, options: TrackerOptions<Transport>) {
    const { report, outlet, protocolOf = () => undefined } = options
    this.#limits = limits
    this.#protocolOf = protocolOf
    this.events = new Events(report, outlet)
  }

  get dryRun(): boolean {
    return this.table.dryRun
  }

  open(address: string, port: number | undefined, transport: Transport, now: number): Connection<Transport> {
    const connection = new Connection(address, port, transport, this.#limits, now)
    this.#counters.opened++
    this.table.add(connection)
    this.#tell('open', connection, now)
    return connection
  }

  /** A request has arrived and counts. */
  count(connection: Connection<Transport>): void {
    connection.requests++
    this.#counters.requests++
  }

  /** A request is in flight until `finish`, whether it counts or not. */
  begin(connection: Connection<Transport>): void {
    connection.inFlight++
    if (connection.inFlight === 1) this.table.used(connection)
  }

  finish(connection: Connection<Transport>, now: number): void {
    if (connection.inFlight > 0) connection.inFlight--
    connection.lastUsedAt = now
    if (connection.inFlight === 0) this.table.used(connection)
  }

  /** Whether the connection is retired, or the policy may retire it within the next `ahead` milliseconds. */
  isDue(connection: Readonly<Connection<Transport>>, now: number, ahead: number): boolean {
    return connection.retired !== undefined || decide(connection, now + ahead) !== undefined
  }

  /** The reason for which the connection was retired. If it was not: the reason that the policy gives now, if any. */
  decide(connection: Readonly<Connection<Transport>>, now: number): Reason | undefined {
    return connection.retired ?? decide(connection, now)
  }

  /** The first reason wins: false if the connection was retired, or closed, before. */
  retire(connection: Connection<Transport>, reason: Reason, now: number): boolean {
    if (!reasons.includes(reason)) throw unlisted('reason', reason, reasons)
    if (connection.retired !== undefined || connection.stage === 'closed') return false
    connection.retired = reason
    this.#counters.retired[reason]++
    if (this.dryRun) this.table.place(connection)
    this.events.emit('retire', () => ({
      type: 'retire',
      reason,
      connection: this.describe(connection, now),
    }))
    if (reason === 'evicted') this.#tell('evict', connection, now)
    return true
  }

  /**
   * In a dry run a connection stays open where it would have ended. From then on it stands for the new connection
   * that its client would have opened.
   */
  renew(connection: Connection<Transport>, now: number): void {
    if (connection.retired === undefined || connection.stage !== 'open') return
    const { requestLimit, ageLimit } = draw(this.#limits)
    connection.retired = undefined
    connection.requestLimit = connection.requests + requestLimit
    connection.ageLimit = now - connection.openedAt + ageLimit
    this.table.moved(connection)
  }

  /**
   * Moves the connection to another stage. Returns false and changes nothing if it is not in stage `from`. In a dry run
   * no connection becomes `last`.
   *
   * @throws for a move that is not in the table of stages. The compiler refuses it too.
   */
  move<From extends Stage>(connection: Connection<Transport>, from: From, to: Next<From>): boolean {
    if (connection.stage !== from) return false
    if (!leadsTo(from, to)) throw new Error(`a connection that is ${from} does not become ${to}`)
    if (to === 'last' && this.dryRun) return false
    connection.stage = to
    this.table.moved(connection)
    return true
  }

  /** The connection is about to be cut with work in flight. */
  destroy(connection: Connection<Transport>, now: number): void {
    if (connection.stage === 'closed') return
    this.#counters.destroyed++
    this.#tell('destroy', connection, now)
  }

  /**
   * The transport has ended, and the record with it.
   *
   * @param unsaid whether a retired connection ends without a last response that told its client.
   */
  close(connection: Connection<Transport>, by: Side | undefined, now: number, unsaid = false): void {
    if (connection.stage === 'closed') return
    const wasIdle = this.#counters.close(connection, by, now, unsaid)
    const { inFlight } = connection
    connection.stage = 'closed'
    connection.inFlight = 0
    this.table.remove(connection)
    if (wasIdle && by === 'server') this.#tell('idle-close', connection, now)
    this.events.emit('close', () => ({
      type: 'close',
      reason: connection.retired,
      by,
      wasIdle,
      connection: this.describe(connection, now, inFlight),
    }))
  }

  /** A request came after the connection's last response. */
  late(connection: Connection<Transport>, now: number): void {
    this.#counters.late++
    this.#tell('late', connection, now)
  }

  /** A new connection found no room. */
  refuse(key: string): void {
    this.#counters.refused++
    this.events.emit('refuse', () => ({ type: 'refuse', key }))
  }

  /** Connections begin to leave, one by one. */
  drain(connections: number, fraction: number): void {
    this.#counters.drains++
    this.events.emit('drain', () => ({ type: 'drain', connections, fraction }))
  }

  /** A drain is over, or was stopped. */
  drained(report: DrainReport, stopped: boolean): void {
    this.events.emit('drained', () => ({ type: 'drained', report, stopped }))
  }

  updated(limits: Limits<never>, before: Limits<never>): void {
    this.events.emit('update', () => ({ type: 'update', limits, before }))
  }

  /** The server sees its fleet in another state. */
  fleet(status: FleetStatus, before: FleetStatus): void {
    const { state } = status
    this.events.emit('fleet', () => ({
      type: 'fleet',
      state,
      before: before.state,
      cure: cures[state],
      status,
    }))
  }

  /** Every record. Copy them first if some may close in the loop. */
  [Symbol.iterator](): Iterator<Connection<Transport>> {
    return this.table[Symbol.iterator]()
  }

  /** Drops a record and tells nobody: the server was detached. */
  forget(connection: Connection<Transport>): void {
    connection.stage = 'closed'
    this.table.remove(connection)
  }

  /**
   * Sets new limits for connections that open from now on. An open one gets those that are tighter than what it drew.
   *
   * @param alsoLooser whether an open one gets the looser ones too.
   */
  limit(limits: ConnectionLimits, now: number, alsoLooser = false): void {
    const drawn = [...this.table].map((connection) => {
      const past = { requests: connection.requests, age: now - connection.openedAt }
      const drawn = tighten(connection, past, limits, this.#limits)
      return { connection, drawn: alsoLooser ? loosen(drawn, limits, this.#limits) : drawn }
    })
    // Nothing changes before all draws are done, because a user's `random` may throw.
    this.#limits = limits
    for (const { connection, drawn: next } of drawn) Object.assign(connection, next)
  }

  /** Begins or ends a dry run. At its end, connections that would have left start anew. */
  rehearse(dryRun: boolean, now: number): void {
    if (dryRun === this.dryRun) return
    const rehearsed = [...this.table].filter(({ retired }) => retired !== undefined)
    this.table.dryRun = dryRun
    if (!dryRun) for (const connection of rehearsed) this.renew(connection, now)
  }

  describe(
    connection: Readonly<Connection<Transport>>,
    now: number,
    inFlight: number = connection.inFlight,
  ): ConnectionInfo {
    return describe(connection, this.#protocolOf(connection.transport), now, inFlight)
  }

  totals(): Totals {
    return this.#counters.totals()
  }

  /** @param fleet how the server sees its fleet, if it is in one. */
  snapshot(fleet?: FleetStatus): Snapshot {
    return takeSnapshot(this.table, this.#counters, fleet)
  }

  /** Tells an event that carries nothing but the connection. */
  #tell<Type extends 'open' | 'evict' | 'idle-close' | 'destroy' | 'late'>(
    type: Type,
    connection: Connection<Transport>,
    now: number,
  ): void {
    this.events.emit(type, () => ({ type, connection: this.describe(connection, now) }) as EventOf<Type>)
  }
}
