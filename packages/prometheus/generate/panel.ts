import type { Name } from '#instruments'
import { metric } from './promql.js'

/** One expression of a panel, and how its series are called. */
export interface Query {
  readonly expr: string
  readonly legend: string
}

export interface Panel {
  readonly title: string
  /** What to read from it. */
  readonly description: string
  readonly kind: 'stat' | 'lines' | 'stacked'
  /** A unit of Grafana's. */
  readonly unit: string
  /** Digits behind the point. Default: what Grafana chooses. */
  readonly decimals?: number
  readonly queries: readonly Query[]
  /** Where it becomes red. */
  readonly threshold?: number
}

/** What is chosen at the top of the dashboard. */
export const chosen: readonly string[] = ['job=~"$job"', 'instance=~"$instance"']

/** As long as a rate needs, as Grafana reckons. */
export const window = '$__rate_interval'

export const now = (name: Name, ...matchers: readonly string[]): string =>
  metric(name, ...chosen, ...matchers)
export const rate = (name: Name, ...matchers: readonly string[]): string =>
  `rate(${now(name, ...matchers)}[${window}])`
