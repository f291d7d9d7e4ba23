import { resolve } from 'node:path'
import { readOptions } from './options.js'
import { isGood, type Outcome } from './outcome.js'
import { planRun } from './plan.js'
import { writeReport } from './report/file.js'
import { type Run, run } from './run.js'
import { judgeRuns } from './verdict.js'
import { chooseView } from './view.js'

const { json, report, ...options } = readOptions(process.argv)
const plan = planRun(options)
const view = chooseView(plan, json)

async function show(evenKeel: boolean): Promise<Run> {
  view.begin(evenKeel)
  const result = await run(plan, evenKeel, (second) => view.pass(second))
  view.end()
  return result
}

// The reader of a pipe is gone, as `head` is after its lines: there is nobody left to run for.
process.stdout.on('error', () => process.exit(1))

try {
  view.introduce()
  const without = await show(false)
  const withKeel = await show(true)
  const outcome: Outcome = { plan, without, withKeel, findings: judgeRuns(plan, without, withKeel) }
  if (report !== false) await writeReport(report, outcome)
  view.conclude(outcome, report === false ? undefined : resolve(report))
  if (!isGood(outcome)) process.exitCode = 1
} catch (error) {
  console.error(`The demo could not be finished: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
