import { codesOf } from '@evenkeel/example-stage/failures'
import type { Finding } from '@evenkeel/example-stage/finding'
import { thousands } from '@evenkeel/example-stage/words'
import { median } from './departures.js'
import type { Plan } from './plan.js'
import type { Run } from './run.js'
import { several } from './words.js'

/** How many times its fair part of the departures the busiest tenth of a window may take, chance aside. */
const mostBusy = 2

/** What both runs show. */
export function judgeRuns(plan: Plan, bare: Run, withKeel: Run): Finding[] {
  return [
    tellLosses(bare),
    judgeFailures(withKeel),
    judgeExecution(withKeel),
    judgeSpread(plan, bare, withKeel),
  ]
}

/** The busiest tenth of a window in the middle one of a run's rounds, as a multiple of its fair part. */
export function busiestOf({ restarts }: Run): number {
  return median(restarts.map(({ busiest }) => busiest))
}

function tellLosses(bare: Run): Finding {
  const { executedInVain } = bare
  const vain = executedInVain === 0 ? '' : `; ${thousands(executedInVain)} of these had been executed`
  return { good: true, sentence: `Without Even Keel, ${countFailures(bare)}${vain}.` }
}

function judgeFailures(withKeel: Run): Finding {
  const { failed, failures } = withKeel.traffic
  const codes = failed.length === 0 ? '' : `: ${codesOf(failures)}`
  return { good: failed.length === 0, sentence: `With Even Keel, ${countFailures(withKeel)}${codes}.` }
}

function countFailures({ traffic, restarts }: Run): string {
  const { failed, requests } = traffic
  const fate = `${thousands(failed.length)} of ${several(requests, 'request')} failed`
  return `${fate} in ${several(restarts.length, 'restart')}`
}

function judgeExecution({ account: { neverExecuted, executedTwice } }: Run): Finding {
  if (neverExecuted === 0 && executedTwice === 0) {
    return { good: true, sentence: 'With Even Keel, every request was executed once.' }
  }
  const fates = [`${several(neverExecuted, 'request')} never`, `${thousands(executedTwice)} twice`]
  return { good: false, sentence: `With Even Keel, ${fates.join(', ')} executed.` }
}

function judgeSpread({ within }: Plan, bare: Run, withKeel: Run): Finding {
  const busiest = busiestOf(withKeel)
  const figures =
    `the busiest tenth of a window takes ${busiest.toFixed(1)} times its fair part of them ` +
    `(without: ${busiestOf(bare).toFixed(1)}).`
  if (busiest <= mostBusy + chance(withKeel)) {
    return { good: true, sentence: `With Even Keel, connections leave one by one: ${figures}` }
  }
  const sentence = `With Even Keel, too many connections leave at once: ${figures}`
  const cure = `A busy machine can stand still for a tenth of a window, ${within / 10} ms: give a longer --within.`
  return { good: false, sentence, cure }
}

/** Three standard deviations of what a tenth would get if each connection left at a random moment, over its mean. */
function chance({ restarts }: Run): number {
  const connections = median(restarts.map((restart) => restart.connections))
  return 3 * Math.sqrt(9 / Math.max(1, connections))
}
