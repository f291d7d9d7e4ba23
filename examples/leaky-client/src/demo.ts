import { descriptorLimit } from './descriptors.js'
import { readOptions } from './options.js'
import { planRun } from './plan.js'
import { type Run, run } from './run.js'
import { hasAddress } from './system.js'
import { judgeRuns } from './verdict.js'
import { chooseView } from './view.js'

const limit = descriptorLimit()
const { json, ...options } = readOptions(process.argv, limit)
const plan = planRun(options, { descriptorLimit: limit, manyAddresses: await hasAddress('127.0.0.2') })
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
  const findings = judgeRuns(plan, without, withKeel)
  view.conclude([without, withKeel], findings)
  if (!findings.every(({ good }) => good)) process.exitCode = 1
} catch (error) {
  console.error(`The example could not be finished: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
