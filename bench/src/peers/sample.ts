import type { PeerResult } from './measure.js'

/** What a peer may come to, for tests. */
export const sample: PeerResult = {
  name: 'Node, bare',
  cpu: 50,
  hottest: 2,
  requestsPerSecond: 2_400,
  reconnectsPerSecond: 0,
  p50: 1,
  p99: 3.04,
  byServer: [12_000, 12_000, 0, 0],
  requests: 72_000,
  failures: {},
  failuresAtScaleOut: {},
  pipelined: { sent: 1_600, answered: 1_600, lost: 0, again: 0, ended: 0 },
}
