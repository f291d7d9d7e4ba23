import { thousands } from '@evenkeel/example-stage/words'
import { hottestOverMean, jainIndex, shares, sum } from './evenness.js'
import type { Plan } from './plan.js'
import type { Run } from './run.js'
import { finePercent, milliseconds } from './words.js'

/** A line of the table: a figure of each run. */
export interface Row {
  readonly name: string
  readonly figures: readonly string[]
  /** What it is when the load is even; nothing where evenness has no say. */
  readonly ideal: string
  /** Whether it is the one to look at. */
  readonly isMain: boolean
}

/** What the runs came to; a star stands for the judged part. */
export function compareRuns(plan: Plan, runs: readonly Run[]): Row[] {
  const row = (name: string, show: (run: Run) => string, ideal = '', isMain = false): Row => ({
    name,
    figures: runs.map(show),
    ideal,
    isMain,
  })
  const servers = Array.from({ length: plan.servers }, (_, server) =>
    row(
      `share of server ${server + 1}${server < plan.serversAtFirst ? '' : ' (new)'} *`,
      ({ judged }) => finePercent(shares(judged)[server] ?? 0),
      finePercent(1 / plan.servers),
    ),
  )
  return [
    ...servers,
    row('hottest server over the mean *', ({ judged }) => hottestOverMean(judged).toFixed(2), '1.00'),
    row("Jain's fairness index *", ({ judged }) => jainIndex(judged).toFixed(3), '1.000'),
    row('connections opened', ({ opened }) => thousands(opened), '', true),
    row('answers with "Connection: close"', ({ traffic }) => thousands(traffic.lastResponses)),
    row('requests', ({ traffic }) => thousands(traffic.requests)),
    row('failed requests', ({ traffic }) => thousands(sum(Object.values(traffic.failures)))),
    row('latency p50 *', ({ traffic }) => milliseconds(traffic.latency.p50)),
    row('latency p99 *', ({ traffic }) => milliseconds(traffic.latency.p99)),
  ]
}

/** What the star means. */
export function tellStar({ seconds, judgedFrom }: Plan): string {
  return `* over the last ${seconds - judgedFrom} of ${seconds} seconds`
}
