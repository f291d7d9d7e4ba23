import { isGood } from '@evenkeel/example-stage/finding'
import { inOrder } from './acts.js'
import { countsOf } from './agreement.js'
import { hottestOverMean, jainIndex, shares, sum } from './evenness.js'
import type { Outcome } from './outcome.js'
import { reconnectsPerSecond, secondsUntilEven } from './pace.js'
import type { Plan } from './plan.js'
import type { Run } from './run.js'

/**
 * Everything as one JSON document: latency and the life of connections in milliseconds, `judged` over the seconds after
 * `plan.judgedFrom`.
 */
export function renderJson(outcome: Outcome): string {
  const { findings, plan, runs, report } = outcome
  return JSON.stringify(
    { ok: isGood(outcome), findings, plan, runs: inOrder(runs).map((run) => describe(plan, run)), report },
    undefined,
    2,
  )
}

function describe(plan: Plan, run: Run): object {
  const { act, judged, opened, traffic, metrics, statuses, seconds } = run
  return {
    act,
    judged: {
      requests: judged,
      shares: shares(judged),
      hottestOverMean: hottestOverMean(judged),
      jainIndex: jainIndex(judged),
      reconnectsPerSecond: reconnectsPerSecond(plan, run),
    },
    secondsUntilEven: secondsUntilEven(plan, run),
    connectionLife: traffic.lives,
    connectionsOpened: opened,
    requests: traffic.requests,
    failedRequests: sum(Object.values(traffic.failures)),
    failures: traffic.failures,
    latency: traffic.latency,
    lastResponses: traffic.lastResponses,
    metrics,
    counts: countsOf(run),
    statuses,
    seconds,
  }
}
