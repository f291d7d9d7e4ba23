import { cures, type FleetState } from '@evenkeel/core'
import type { Alert } from './alert.js'
import { metric } from './promql.js'

/** A state in most of the last ten minutes: now and then a member tries whether it is still so. */
const mostly = (state: FleetState): string =>
  `max by (job, instance) (avg_over_time(${metric('fleet_state', `state="${state}"`)}[10m])) > 0.5`

/** A server that has no others has nobody to share with, and nothing is wrong. */
const hasOthers = `and on (job) count by (job) (${metric('fleet_members')}) > 1`

const rules: readonly { state: FleetState; name: string; expr: string; summary: string }[] = [
  {
    state: 'sticky',
    name: 'EvenKeelFleetSticky',
    expr: mostly('sticky'),
    summary: '{{ $labels.instance }} has more than its fair share, and what it sheds comes back',
  },
  {
    state: 'elephant',
    name: 'EvenKeelFleetElephant',
    expr: mostly('elephant'),
    summary: '{{ $labels.instance }} has more than its fair share, in connections too heavy to move',
  },
  {
    state: 'alone',
    name: 'EvenKeelFleetAlone',
    expr: `${mostly('alone')} ${hasOthers}`,
    summary: '{{ $labels.instance }} is alone in its fleet, and others of {{ $labels.job }} are in one too',
  },
  {
    state: 'unreachable',
    name: 'EvenKeelFleetUnreachable',
    expr: mostly('unreachable'),
    summary: '{{ $labels.instance }} cannot reach the store of its fleet',
  },
]

/** One for each state that does not pass by itself. What helps stands in the same words in the process warning. */
export const fleetAlerts: readonly Alert[] = rules.map(({ state, name, expr, summary }) => ({
  alert: name,
  expr,
  for: '5m',
  labels: { severity: 'warning' },
  annotations: { summary, description: sentence(cures[state] ?? '') },
}))

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
