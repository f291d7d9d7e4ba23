import { sum } from './evenness.js'
import type { Traffic } from './messages.js'
import type { Metrics } from './metrics.js'

/** One thing that was counted twice, by those who have nothing to do with each other. */
export interface Count {
  readonly name: string
  /** By the clients, on their own sockets. */
  readonly clients: number
  /** By the servers, as scraped. */
  readonly metrics: number
}

/**
 * What the clients counted beside what the metrics say.
 *
 * A client is told by `Connection: close` that its connection is retired, but not why. In the demo it can only be the
 * number of requests: a run ends before the first connection reaches its age limit, no client pauses for as long as
 * the idle timeout, and there is no bound on connections and no drain. So the clients know of no other reason.
 */
export function compareCounts({ opened, requests, lastResponses }: Traffic, metrics: Metrics): Count[] {
  const { 'max-requests': retired = 0, ...otherRetired } = metrics.retired
  const { 'max-requests': closed = 0, none = 0, ...otherClosed } = metrics.closed
  return [
    { name: 'connections opened', clients: opened, metrics: metrics.opened },
    { name: 'requests', clients: requests, metrics: metrics.requests },
    { name: 'connections retired, max-requests', clients: lastResponses, metrics: retired },
    { name: 'connections retired, other reasons', clients: 0, metrics: add(otherRetired) },
    { name: 'connections closed, max-requests', clients: lastResponses, metrics: closed },
    { name: 'connections closed, not retired', clients: opened - lastResponses, metrics: none },
    { name: 'connections closed, other reasons', clients: 0, metrics: add(otherClosed) },
    { name: 'connections still open', clients: 0, metrics: metrics.open },
  ]
}

/** Those on which clients and metrics do not agree. */
export function differences(counts: readonly Count[]): Count[] {
  return counts.filter(({ clients, metrics }) => clients !== metrics)
}

function add(counts: Readonly<Record<string, number>>): number {
  return sum(Object.values(counts))
}
