import { nameOf } from '@evenkeel/example-stage/act'
import type { Finding } from '@evenkeel/example-stage/finding'
import { thousands } from '@evenkeel/example-stage/words'
import { type Act, reasons } from './acts.js'
import { countsOf, differences } from './agreement.js'
import { coldestOverMean, hottestOverMean, shares, sum, tolerance } from './evenness.js'
import { judgeFleet, judgeReopened } from './fleet-verdict.js'
import { cureOfHaste } from './haste.js'
import type { Outcome } from './outcome.js'
import { type Plan, requestsToEvenOut } from './plan.js'
import type { Run } from './run.js'
import { newServers, percent, titleOf } from './words.js'

/** What the runs show. */
export function judgeRuns(plan: Plan, { without, limit, fleet }: Outcome['runs']): Finding[] {
  return [
    tellStarvation(plan, without),
    judgeEvenness(plan, limit),
    judgeFleet(plan, fleet),
    judgeReopened(plan, limit, fleet),
    judgeFailures(without, limit, fleet),
    judgeMetrics(limit, 'limit'),
    judgeMetrics(fleet, 'fleet'),
  ]
}

function tellStarvation(plan: Plan, without: Run): Finding {
  const share = sum(shares(without.judged).slice(plan.serversAtFirst))
  const fair = 1 - plan.serversAtFirst / plan.servers
  const fate = share < fair / 2 ? 'starved' : 'did not starve'
  const sentence = `Without Even Keel, ${newServers(plan)} ${fate}: ${percent(share)} of the requests, where ${percent(fair)} is fair.`
  return { good: true, sentence }
}

function judgeEvenness(plan: Plan, run: Run): Finding {
  const chance = tolerance(plan.servers, run.choices)
  const hottest = hottestOverMean(run.judged)
  const coldest = coldestOverMean(run.judged)
  const good = hottest <= 1 + chance && coldest >= 1 - chance && coldest > 0
  const outcome = good ? 'every server takes load' : 'the load did not even out'
  const sentence =
    `With a limit, ${outcome}: ${coldest.toFixed(2)} to ${hottest.toFixed(2)} of the mean ` +
    `(chance: ${Math.max(0, 1 - chance).toFixed(2)} to ${(1 + chance).toFixed(2)}).`
  return { good, sentence, ...(good ? {} : cureOf(plan, run)) }
}

function cureOf(plan: Plan, run: Run): Pick<Finding, 'cure'> {
  const possible = requestsToEvenOut(plan)
  if (plan.maxRequests <= possible) return cureOfHaste(plan, run)
  const reason = `A client sends only ${possible} requests between the scale-out and the judged part`
  return { cure: `${reason}: give --max-requests ${possible} or less, or more --seconds.` }
}

function judgeFailures(...runs: readonly Run[]): Finding {
  const all = thousands(sum(runs.map(({ traffic }) => traffic.requests)))
  const failed = sum(runs.flatMap(({ traffic }) => Object.values(traffic.failures)))
  if (failed === 0) return { good: true, sentence: `No request failed: 0 of ${all}.` }
  const codes = runs.flatMap(({ act, traffic }) =>
    Object.entries(traffic.failures).map(([code, count]) => `${count} x ${code} ${nameOf(act)}`),
  )
  return { good: false, sentence: `${thousands(failed)} of ${all} requests failed: ${codes.join(', ')}.` }
}

function judgeMetrics(run: Run, act: Exclude<Act, 'without'>): Finding {
  const counts = countsOf(run)
  if (counts === undefined)
    return { good: false, sentence: `No server ${nameOf(act)} has shown its metrics.` }
  const differing = differences(counts)
  if (differing.length > 0) {
    const told = differing.map(
      (count) => `${count.name}: ${thousands(count.metrics)}, not ${thousands(count.clients)}`,
    )
    return {
      good: false,
      sentence: `${titleOf(act)}, metrics do not say what the clients saw: ${told.join('; ')}.`,
    }
  }
  const { opened, requests, lastResponses } = run.traffic
  const seen = `${thousands(opened)} connections opened, ${thousands(requests)} requests, ${thousands(lastResponses)} connections retired`
  return {
    good: true,
    sentence: `${titleOf(act)}, metrics say what the clients saw: ${seen}, each for ${reasons[act]}.`,
  }
}
