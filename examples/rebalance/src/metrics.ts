import { sum } from './evenness.js'
import type { Sample } from './exposition.js'

/** What the metrics of all servers say, added up. */
export interface Metrics {
  /** Connections that are open. */
  readonly open: number
  readonly opened: number
  readonly requests: number
  /** Connections retired, by reason; only reasons that there were. */
  readonly retired: Readonly<Record<string, number>>
  /** Connections closed, by the reason they were retired for, `none` where they were not; only those that there were. */
  readonly closed: Readonly<Record<string, number>>
}

/** Adds up the samples of any number of servers. */
export function addUp(samples: readonly Sample[]): Metrics {
  const of = (name: string): Sample[] => samples.filter((sample) => sample.name === `evenkeel_${name}`)
  return {
    open: total(of('connections')),
    opened: total(of('connections_opened_total')),
    requests: total(of('requests_total')),
    retired: byReason(of('connections_retired_total')),
    closed: byReason(of('connections_closed_total')),
  }
}

function total(samples: readonly Sample[]): number {
  return sum(samples.map(({ value }) => value))
}

function byReason(samples: readonly Sample[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { labels, value } of samples) {
    const { reason = 'unknown' } = labels
    if (value > 0) counts[reason] = (counts[reason] ?? 0) + value
  }
  return counts
}
