import { now, type Panel, rate } from './panel.js'

const load = `sum by (instance) (${now('fleet_load')})`
const fair = `sum by (instance) (${now('fleet_fair_share')})`

/** What servers that share their load show. Without a fleet these panels are empty. */
export const fleetPanels: readonly Panel[] = [
  {
    title: 'Fleet: load over the fair share',
    description:
      '1 is even, whatever the weights are. A server that is above it, by more than chance and tolerance, sheds its surplus.',
    kind: 'lines',
    unit: 'none',
    queries: [{ expr: `${load} / ${fair}`, legend: '{{instance}}' }],
    threshold: 1.25,
  },
  {
    title: 'Fleet: load and fair share',
    description: 'In requests per second, or as utilization where that is measured.',
    kind: 'lines',
    unit: 'none',
    queries: [
      { expr: load, legend: 'load, {{instance}}' },
      { expr: fair, legend: 'fair share, {{instance}}' },
    ],
  },
  {
    title: 'Fleet: surplus',
    description: 'Load above the fair share: what still has to move. 0 for those that have room.',
    kind: 'lines',
    unit: 'none',
    queries: [{ expr: `clamp_min(sum by (instance) (${now('fleet_surplus')}), 0)`, legend: '{{instance}}' }],
  },
  {
    title: 'Fleet: connections shed per second, and returned',
    description:
      'Shed: retired for the reason fleet. Returned: how many came back to the same server, in all since it joined. If most do, the balancer is sticky.',
    kind: 'lines',
    unit: 'none',
    queries: [
      {
        expr: `sum by (instance) (${rate('connections_retired_total', 'reason="fleet"')})`,
        legend: 'shed per second, {{instance}}',
      },
      {
        expr: `sum by (instance) (${now('fleet_connections_returned')})`,
        legend: 'returned, {{instance}}',
      },
    ],
  },
  {
    title: 'Fleet: servers by state',
    description:
      'Even is good, and shedding soon becomes even. Elephant, sticky, alone and unreachable need somebody: the alert of each says what helps.',
    kind: 'stacked',
    unit: 'none',
    queries: [{ expr: `sum by (state) (${now('fleet_state')}) > 0`, legend: '{{state}}' }],
  },
  {
    title: 'Fleet: members that each server sees, and weights',
    description:
      'All should see the same members. One that sees fewer has another store or group, or cannot reach it. A weight that grows is a slow start.',
    kind: 'lines',
    unit: 'none',
    queries: [
      { expr: `max by (instance) (${now('fleet_members')})`, legend: 'members, {{instance}}' },
      { expr: `sum by (instance) (${now('fleet_weight')})`, legend: 'weight, {{instance}}' },
    ],
  },
]
