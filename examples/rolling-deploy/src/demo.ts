import { perform } from '@evenkeel/example-stage/perform'
import { readOptions } from './options.js'
import { planRuns } from './plan.js'
import { run } from './run.js'
import { judgeRuns } from './verdict.js'
import { chooseView } from './view.js'

const { json, ...options } = readOptions(process.argv)
const plan = planRuns(options)

await perform({
  name: 'example',
  view: chooseView(plan, json),
  run: (evenKeel, tell) => run(plan, evenKeel, tell),
  judge: (bare, withKeel) => ({ plan, runs: [bare, withKeel], findings: judgeRuns(plan, bare, withKeel) }),
})
