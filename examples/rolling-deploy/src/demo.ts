import { readOptions } from './options.js'
import { planRuns } from './plan.js'
import { type Run, run } from './run.js'
import { judgeRuns } from './verdict.js'
import { chooseView } from './view.js'

const { json, ...options } = readOptions(process.argv)
const plan = planRuns(options)
const view = chooseView(plan, json)

async function show(evenKeel: boolean): Promise<Run> {
  view.begin(evenKeel)
  const result = await run(plan, evenKeel, (restart) => view.pass(restart))
  view.end()
  return result
}

// The reader of a pipe is gone, as `head` is after its lines: there is nobody left to run for.
process.stdout.on('error', () => process.exit(1))

try {
  view.introduce()
  const bare = await show(false)
  const withKeel = await show(true)
  const findings = judgeRuns(plan, bare, withKeel)
  view.conclude([bare, withKeel], findings)
  if (!findings.every(({ good }) => good)) process.exitCode = 1
} catch (error) {
  console.error(`The example could not be finished: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
