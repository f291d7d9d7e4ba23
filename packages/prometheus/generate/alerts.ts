import type { Alert } from './alert.js'
import { fleetAlerts } from './fleet-alerts.js'
import { metric, requestRates } from './promql.js'

const perServer = (name: Parameters<typeof metric>[0], window: string, ...matchers: string[]): string =>
  `sum by (job, instance) (increase(${metric(name, ...matchers)}[${window}]))`

const rates = requestRates('job, instance', '5m')

/** What is worth waking up for, or looking at by day. Each says what to do. */
export const alerts: readonly Alert[] = [
  {
    alert: 'EvenKeelIdleClosesByServer',
    // A drain ends what nobody uses any more, which no idleTimeout would cure: every deploy would be an alarm.
    expr: `${perServer('connections_idle_closed_total', '15m', 'closed_by="server"')} > 0 unless ${perServer('drains_total', '30m')} > 0`,
    labels: { severity: 'warning' },
    annotations: {
      summary: '{{ $labels.instance }} ends idle connections before their clients do',
      description:
        'Each of the {{ printf "%.0f" $value }} in 15 minutes may have met a request on its way: the client sees ECONNRESET, or a 502 from its balancer. Set idleTimeout above the time for which the peer in front keeps idle connections (idleTimeoutBehind knows the usual ones). If connections are evicted as well, see EvenKeelEvictions first. Clients that are browsers send such a request again by themselves.',
    },
  },
  {
    alert: 'EvenKeelUnevenLoad',
    expr: `max by (job) (${rates}) / avg by (job) (${rates}) > 1.5 and ${requestRates('job', '5m')} > 10`,
    for: '15m',
    labels: { severity: 'warning' },
    annotations: {
      summary: 'The busiest server of {{ $labels.job }} has {{ printf "%.2f" $value }} times the mean load',
      description:
        'Clients hold on to the connections that they have. Lower maxRequestsPerConnection or maxConnectionAge, so that the balancer chooses again sooner; check that no server is in a dry run. If one connection alone carries that much, no limit evens it out: let its client open more of them.',
    },
  },
  {
    alert: 'EvenKeelEvictions',
    expr: `${perServer('connections_retired_total', '15m', 'reason="evicted"')} > 0`,
    labels: { severity: 'warning' },
    annotations: {
      summary: '{{ $labels.instance }} closes idle connections to make room',
      description:
        '{{ printf "%.0f" $value }} in 15 minutes. A client leaks connections, or maxConnections is lower than the clients need. keel.connections() shows which peer holds the most idle ones; it should use one transport for all of its requests. If nobody leaks, raise maxConnections as far as memory and file descriptors allow.',
    },
  },
  {
    alert: 'EvenKeelRefusals',
    expr: `${perServer('connections_refused_total', '5m')} > 0`,
    labels: { severity: 'critical' },
    annotations: {
      summary: '{{ $labels.instance }} refuses connections',
      description:
        '{{ printf "%.0f" $value }} in 5 minutes: all of maxConnections are open, and none could make room, because they are in use or younger than quietGuard. Add servers, raise maxConnections as far as memory and file descriptors allow, or find the client that leaks (see EvenKeelEvictions).',
    },
  },
  ...fleetAlerts,
]
