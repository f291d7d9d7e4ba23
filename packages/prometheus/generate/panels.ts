import type { Name } from '#instruments'
import { fleetPanels } from './fleet-panels.js'
import { chosen, now, type Panel, type Query, rate, window } from './panel.js'
import { metric, requestRates } from './promql.js'

const shares = requestRates('instance', window, ...chosen)
const hottest = `max(${shares}) / avg(${shares})`

function quantiles(name: Name): readonly Query[] {
  const buckets = metric(`${name}_bucket`, ...chosen)
  return [0.5, 0.9, 0.99].map((quantile) => ({
    expr: `histogram_quantile(${quantile}, sum by (le) (rate(${buckets}[${window}])))`,
    legend: `p${quantile * 100}`,
  }))
}

/** All panels, in the order in which they are read. */
export const panels: readonly Panel[] = [
  {
    title: 'Hottest server over the mean, now',
    description: 'Requests per second of the busiest server, divided by the mean of all. 1 is even.',
    kind: 'stat',
    unit: 'none',
    decimals: 2,
    queries: [{ expr: hottest, legend: 'hottest / mean' }],
    threshold: 1.5,
  },
  {
    title: 'Servers that take requests',
    description: 'The others have begun their shutdown.',
    kind: 'stat',
    unit: 'none',
    decimals: 0,
    queries: [{ expr: `sum(${now('ready')})`, legend: 'ready' }],
  },
  {
    title: 'Servers in a dry run',
    description: 'They decide and count what limits would do, and close nothing.',
    kind: 'stat',
    unit: 'none',
    decimals: 0,
    queries: [{ expr: `sum(${now('dry_run')})`, legend: 'dry run' }],
  },
  {
    title: 'Idle closes by servers',
    description:
      'In the time shown. Each may have met a request on its way, which then failed: idleTimeout has to be longer than the peer in front keeps idle connections.',
    kind: 'stat',
    unit: 'none',
    decimals: 0,
    queries: [
      {
        expr: `sum(increase(${now('connections_idle_closed_total', 'closed_by="server"')}[$__range]))`,
        legend: 'idle closes',
      },
    ],
    threshold: 1,
  },
  {
    title: 'Share of requests per server',
    description:
      'Lines that lie on each other are even load. One far above the others holds on to its clients.',
    kind: 'lines',
    unit: 'percentunit',
    queries: [
      { expr: `${shares} / on () group_left () sum(${rate('requests_total')})`, legend: '{{instance}}' },
    ],
  },
  {
    title: 'Hottest server over the mean',
    description: '1 is even. A lower maxRequestsPerConnection or maxConnectionAge brings it there sooner.',
    kind: 'lines',
    unit: 'none',
    queries: [{ expr: hottest, legend: 'hottest / mean' }],
    threshold: 1.5,
  },
  {
    title: 'Connections by state',
    description: 'Idle ones that grow while active ones do not are a leak.',
    kind: 'stacked',
    unit: 'none',
    queries: [{ expr: `sum by (state) (${now('connections')})`, legend: '{{state}}' }],
  },
  {
    title: 'Connections per server',
    description: 'A new server starts at none and takes its part as connections are recycled.',
    kind: 'lines',
    unit: 'none',
    queries: [{ expr: `sum by (instance) (${now('connections')})`, legend: '{{instance}}' }],
  },
  {
    title: 'Connections opened per second',
    description: 'What recycling costs: each is a handshake. Lower limits mean more of them.',
    kind: 'lines',
    unit: 'cps',
    queries: [{ expr: `sum by (instance) (${rate('connections_opened_total')})`, legend: '{{instance}}' }],
  },
  {
    title: 'Connections closed per second, by reason and who ended them first',
    description: 'A connection without a reason was ended by its client, or by the application.',
    kind: 'stacked',
    unit: 'cps',
    queries: [
      {
        expr: `sum by (reason, closed_by) (${rate('connections_closed_total')}) > 0`,
        legend: '{{reason}}, by {{closed_by}}',
      },
    ],
  },
  {
    title: 'Requests per connection',
    description: 'Of connections that closed. Near 1 means that clients do not reuse their connections.',
    kind: 'lines',
    unit: 'none',
    queries: quantiles('requests_per_connection'),
  },
  {
    title: 'Age at close',
    description: 'Of connections that closed.',
    kind: 'lines',
    unit: 's',
    queries: quantiles('connection_age_at_close_seconds'),
  },
  {
    title: 'Idle time at close',
    description:
      'Of connections that were idle when they closed: how long their peers keep them, or the server did.',
    kind: 'lines',
    unit: 's',
    queries: quantiles('connection_idle_at_close_seconds'),
  },
  {
    title: 'Idle connections closed per second, by who ended them first',
    description: 'Those that the server ended may have met a request on its way. They should be none.',
    kind: 'lines',
    unit: 'cps',
    queries: [
      {
        expr: `sum by (closed_by) (${rate('connections_idle_closed_total')})`,
        legend: 'by {{closed_by}}',
      },
    ],
  },
  {
    title: 'Connections retired per second, by reason',
    description: 'In a dry run: those that would have been.',
    kind: 'stacked',
    unit: 'cps',
    queries: [{ expr: `sum by (reason) (${rate('connections_retired_total')}) > 0`, legend: '{{reason}}' }],
  },
  {
    title: 'Evictions and refusals per second',
    description:
      'Idle connections that made room, and new ones that found none: a leak, or a low maxConnections.',
    kind: 'lines',
    unit: 'cps',
    queries: [
      {
        expr: `sum by (instance) (${rate('connections_retired_total', 'reason="evicted"')})`,
        legend: 'evicted, {{instance}}',
      },
      { expr: `sum by (instance) (${rate('connections_refused_total')})`, legend: 'refused, {{instance}}' },
    ],
  },
  {
    title: 'Places taken',
    description: 'Connections that are open, of maxConnections. 0 without a limit.',
    kind: 'lines',
    unit: 'percentunit',
    queries: [
      {
        expr: `sum by (instance) (${now('connections')}) / sum by (instance) (${now('max_connections')})`,
        legend: '{{instance}}',
      },
    ],
  },
  {
    title: 'Late requests and destroyed connections per second',
    description:
      'Late: came after the last response of its connection; its client can send it again. Destroyed: cut with work in flight, after its grace.',
    kind: 'lines',
    unit: 'cps',
    queries: [
      { expr: `sum(${rate('requests_late_total')})`, legend: 'late requests' },
      { expr: `sum(${rate('connections_destroyed_total')})`, legend: 'destroyed connections' },
    ],
  },
  {
    title: 'Drains begun',
    description: 'Servers that leave, or hand a share of their load over.',
    kind: 'lines',
    unit: 'none',
    queries: [
      { expr: `sum by (instance) (increase(${now('drains_total')}[${window}]))`, legend: '{{instance}}' },
    ],
  },
  ...fleetPanels,
]
