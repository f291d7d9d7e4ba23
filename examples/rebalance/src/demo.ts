import { resolve } from 'node:path'
import { perform } from '@evenkeel/example-stage/perform'
import { readOptions } from './options.js'
import type { Outcome } from './outcome.js'
import { planRun } from './plan.js'
import { writeReport } from './report/file.js'
import { type Run, run } from './run.js'
import { judgeRuns } from './verdict.js'
import { chooseView } from './view.js'

const { json, report, ...options } = readOptions(process.argv)
const plan = planRun(options)

async function judge(without: Run, withKeel: Run): Promise<Outcome> {
  const outcome: Outcome = { plan, without, withKeel, findings: judgeRuns(plan, without, withKeel) }
  if (report === false) return outcome
  await writeReport(report, outcome)
  return { ...outcome, report: resolve(report) }
}

await perform({
  name: 'demo',
  view: chooseView(plan, json),
  run: (evenKeel, tell) => run(plan, evenKeel, tell),
  judge,
})
