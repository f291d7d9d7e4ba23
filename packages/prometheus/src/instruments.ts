import { causes, enders, fleetStates, openStates, reasons, sides } from '@evenkeel/core'
import type { FleetStatus } from '@evenkeel/node'
import type { Gauge, Instrument, Label, Numbers } from './instrument.js'

const state: Label = {
  name: 'state',
  attribute: 'http.connection.state',
  values: openStates,
}

const reason: Label = { name: 'reason', attribute: 'evenkeel.reason', values: reasons }

const reasonOrNone: Label = { ...reason, values: causes }

const side: Label = { name: 'closed_by', attribute: 'evenkeel.closed_by', values: sides }

const sideOrUnknown: Label = { ...side, values: enders }

const fleetState: Label = { name: 'state', attribute: 'evenkeel.fleet.state', values: fleetStates }

/** The names of all instruments for Prometheus, without their prefix. */
export type Name =
  | 'connections'
  | 'connections_opened_total'
  | 'connections_closed_total'
  | 'connections_retired_total'
  | 'connections_idle_closed_total'
  | 'connections_destroyed_total'
  | 'connections_refused_total'
  | 'requests_total'
  | 'requests_late_total'
  | 'requests_per_connection'
  | 'connection_age_at_close_seconds'
  | 'connection_idle_at_close_seconds'
  | 'drains_total'
  | 'max_connections'
  | 'ready'
  | 'dry_run'
  | 'fleet_members'
  | 'fleet_load'
  | 'fleet_fair_share'
  | 'fleet_surplus'
  | 'fleet_weight'
  | 'fleet_connections_returned'
  | 'fleet_state'

/**
 * Everything that is shown, once: what is registered for Prometheus and OpenTelemetry, the names in dashboard and
 * alerts, and the table in the README come from here.
 */
export const instruments: { readonly [N in Name]: Instrument } = {
  connections: {
    kind: 'gauge',
    help: 'Connections that are open now, by state',
    attribute: 'connection.count',
    unit: '{connection}',
    labels: [state],
    across: 'sum',
    read: ({ snapshot }) => snapshot.connections,
  },
  connections_opened_total: {
    kind: 'counter',
    help: 'Connections opened',
    attribute: 'connection.opened',
    unit: '{connection}',
    labels: [],
    across: 'sum',
    read: ({ snapshot }) => snapshot.totals.opened,
  },
  connections_closed_total: {
    kind: 'counter',
    help: 'Connections closed, by the reason they were retired for and the side that ended them first',
    attribute: 'connection.closed',
    unit: '{connection}',
    labels: [reasonOrNone, sideOrUnknown],
    across: 'sum',
    read: ({ snapshot }) => snapshot.totals.closes,
  },
  connections_retired_total: {
    kind: 'counter',
    help: 'Connections retired, by reason; in a dry run those that would have been',
    attribute: 'connection.retired',
    unit: '{connection}',
    labels: [reason],
    across: 'sum',
    read: ({ snapshot }) => snapshot.totals.retired,
  },
  connections_idle_closed_total: {
    kind: 'counter',
    help: 'Idle connections ended, by side; each that the server ended may have met a request on its way',
    attribute: 'connection.idle_closed',
    unit: '{connection}',
    labels: [side],
    across: 'sum',
    read: ({ snapshot }) => snapshot.totals.idleCloses,
  },
  connections_destroyed_total: {
    kind: 'counter',
    help: 'Connections cut with work in flight, after their grace',
    attribute: 'connection.destroyed',
    unit: '{connection}',
    labels: [],
    across: 'sum',
    read: ({ snapshot }) => snapshot.totals.destroyed,
  },
  connections_refused_total: {
    kind: 'counter',
    help: 'Connections that found no room and were never opened',
    attribute: 'connection.refused',
    unit: '{connection}',
    labels: [],
    across: 'sum',
    read: ({ snapshot }) => snapshot.totals.refused,
  },
  requests_total: {
    kind: 'counter',
    help: 'Requests counted on connections; exempt ones are not',
    attribute: 'requests',
    unit: '{request}',
    labels: [],
    across: 'sum',
    read: ({ snapshot }) => snapshot.totals.requests,
  },
  requests_late_total: {
    kind: 'counter',
    help: 'Requests that came after the last response of their connection and reached no application',
    attribute: 'late_requests',
    unit: '{request}',
    labels: [],
    across: 'sum',
    read: ({ snapshot }) => snapshot.totals.late,
  },
  requests_per_connection: {
    kind: 'histogram',
    help: 'Requests that each closed connection served',
    attribute: 'connection.requests',
    unit: '{request}',
    across: 'sum',
    bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 800, 1_000, 2_000, 5_000, 10_000, 100_000],
    scale: 1,
    read: ({ snapshot }) => snapshot.requestsPerConnection,
    valueOf: ({ connection }) => connection.requests,
  },
  connection_age_at_close_seconds: {
    kind: 'histogram',
    help: 'Seconds between accept and close of each closed connection',
    attribute: 'connection.duration',
    unit: 's',
    across: 'sum',
    bounds: [
      100, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 180_000, 250_000, 300_000, 600_000,
      1_800_000, 6_000_000, 20_000_000, 90_000_000,
    ],
    scale: 1000,
    read: ({ snapshot }) => snapshot.ageAtClose,
    valueOf: ({ connection }) => connection.age,
  },
  connection_idle_at_close_seconds: {
    kind: 'histogram',
    help: 'Seconds without a request of each connection that was idle when it closed',
    attribute: 'connection.idle_time',
    unit: 's',
    across: 'sum',
    // 65, 350 and the like are what servers and peers keep idle connections for.
    bounds: [
      10, 100, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 45_000, 60_000, 65_000, 90_000, 120_000, 300_000,
      350_000, 600_000, 900_000, 4_000_000,
    ],
    scale: 1000,
    read: ({ snapshot }) => snapshot.idleAtClose,
    valueOf: ({ connection, wasIdle }) => (wasIdle ? connection.idle : undefined),
  },
  drains_total: {
    kind: 'counter',
    help: 'Drains begun',
    attribute: 'drains',
    unit: '{drain}',
    labels: [],
    across: 'sum',
    read: ({ snapshot }) => snapshot.totals.drains,
  },
  max_connections: {
    kind: 'gauge',
    help: 'Connections that may be open at most; +Inf without a limit',
    attribute: 'connection.max',
    unit: '{connection}',
    labels: [],
    across: 'sum',
    read: ({ limits }) => limits.maxConnections,
  },
  ready: {
    kind: 'gauge',
    help: 'Whether the server takes requests (1), or is leaving (0)',
    attribute: 'ready',
    unit: '1',
    labels: [],
    across: 'min',
    read: ({ ready }) => Number(ready),
  },
  dry_run: {
    kind: 'gauge',
    help: 'Whether limits are only reported (1), or connections are closed for them (0)',
    attribute: 'dry_run',
    unit: '1',
    labels: [],
    across: 'max',
    read: ({ limits }) => Number(limits.dryRun),
  },
  fleet_members: {
    ...ofFleet(({ members }) => members),
    help: 'Members of the fleet that this server sees, itself among them',
    attribute: 'fleet.members',
    unit: '{member}',
    across: 'max',
  },
  fleet_load: {
    ...ofFleet(({ load }) => load),
    help: 'Load of this server, in requests per second or as utilization, as the fleet measures it',
    attribute: 'fleet.load',
    isFractional: true,
  },
  fleet_fair_share: {
    ...ofFleet(({ fair }) => fair),
    help: "Part of the load of the whole fleet that is this server's by its weight",
    attribute: 'fleet.fair_share',
    isFractional: true,
  },
  fleet_surplus: {
    ...ofFleet(({ surplus }) => surplus),
    help: 'Load of this server above its fair share; below 0 it has room',
    attribute: 'fleet.surplus',
    isFractional: true,
  },
  fleet_weight: {
    ...ofFleet(({ weight }) => weight),
    help: 'Weight of this server in the fleet; it grows while the server is new, if slowStart says so',
    attribute: 'fleet.weight',
    isFractional: true,
  },
  fleet_connections_returned: {
    ...ofFleet(({ returned }) => returned),
    help: 'Connections that left this server for the reason fleet and came back, in all since it joined',
    attribute: 'fleet.returned',
    unit: '{connection}',
  },
  fleet_state: {
    ...ofFleet(({ state }) => ({ [state]: 1 })),
    help: 'What this server makes of its fleet: 1 for the state that it is in, 0 for the others',
    attribute: 'fleet.state',
    labels: [fleetState],
  },
}

/** A gauge that only servers in a fleet have; several members of one process are added up. */
function ofFleet(read: (status: FleetStatus) => Numbers): Omit<Gauge, 'help' | 'attribute'> {
  return {
    kind: 'gauge',
    unit: '1',
    labels: [],
    across: 'sum',
    isOptional: true,
    read: ({ snapshot: { fleet } }) => (fleet === undefined ? undefined : read(fleet)),
  }
}
