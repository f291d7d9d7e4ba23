import { reasons } from './acts.js'
import { sum } from './evenness.js'
import type { Traffic } from './messages.js'
import type { Metrics } from './metrics.js'
import type { Run } from './run.js'

/** One thing that was counted twice, by those who have nothing to do with each other. */
export interface Count {
  readonly name: string
  /** By the clients, on their own sockets. */
  readonly clients: number
  /** By the servers, as scraped. */
  readonly metrics: number
}

type Reason = (typeof reasons)[keyof typeof reasons]

/**
 * What the clients counted beside what the metrics say.
 *
 * A client is told by `Connection: close` that its connection is retired, but not why. In each run of the demo it can
 * only be one reason: the run ends before the first connection reaches its age limit, no client pauses for as long as
 * the idle timeout, there is no bound on connections and no drain, and either the number of requests is limited or the
 * server is in a fleet.
 */
export function compareCounts(reason: Reason, traffic: Traffic, metrics: Metrics): Count[] {
  const { opened, requests, lastResponses } = traffic
  const { [reason]: retired = 0, ...otherRetired } = metrics.retired
  const { [reason]: closed = 0, none = 0, ...otherClosed } = metrics.closed
  return [
    { name: 'connections opened', clients: opened, metrics: metrics.opened },
    { name: 'requests', clients: requests, metrics: metrics.requests },
    { name: 'connections retired, right reason', clients: lastResponses, metrics: retired },
    { name: 'connections retired, other reasons', clients: 0, metrics: add(otherRetired) },
    { name: 'connections closed, right reason', clients: lastResponses, metrics: closed },
    { name: 'connections closed, not retired', clients: opened - lastResponses, metrics: none },
    { name: 'connections closed, other reasons', clients: 0, metrics: add(otherClosed) },
    { name: 'connections still open', clients: 0, metrics: metrics.open },
  ]
}

/** The counts of a run; none where its servers have no metrics. */
export function countsOf({ act, traffic, metrics }: Run): Count[] | undefined {
  if (act === 'without' || metrics === undefined) return undefined
  return compareCounts(reasons[act], traffic, metrics)
}

/** Those on which clients and metrics do not agree. */
export function differences(counts: readonly Count[]): Count[] {
  return counts.filter(({ clients, metrics }) => clients !== metrics)
}

function add(counts: Readonly<Record<string, number>>): number {
  return sum(Object.values(counts))
}
