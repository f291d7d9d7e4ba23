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
  acts: ['without', 'with'],
  view: chooseView(plan, json),
  run: (act, tell) => run(plan, act, tell),
  judge: ({ without: bare, with: withKeel }) => ({
    plan,
    runs: [bare, withKeel],
    findings: judgeRuns(plan, bare, withKeel),
  }),
})
