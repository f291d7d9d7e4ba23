import { hottestOverMean, jainIndex, shares, sum } from './evenness.js'
import type { Plan } from './plan.js'
import type { Run } from './run.js'
import type { Finding } from './verdict.js'

/** Everything as one JSON document: latency in milliseconds, `judged` over the seconds after `plan.judgedFrom`. */
export function renderJson(plan: Plan, runs: readonly Run[], findings: readonly Finding[]): string {
  const ok = findings.every(({ good }) => good)
  return JSON.stringify({ ok, findings, plan, runs: runs.map(describe) }, undefined, 2)
}

function describe({ evenKeel, judged, opened, traffic, seconds }: Run): object {
  return {
    evenKeel,
    judged: {
      requests: judged,
      shares: shares(judged),
      hottestOverMean: hottestOverMean(judged),
      jainIndex: jainIndex(judged),
    },
    connectionsOpened: opened,
    requests: traffic.requests,
    failedRequests: sum(Object.values(traffic.failures)),
    failures: traffic.failures,
    latency: traffic.latency,
    seconds,
  }
}
