import { perform } from '@evenkeel/example-stage/perform'
import { descriptorLimit } from './descriptors.js'
import { readOptions } from './options.js'
import { planRun } from './plan.js'
import { run } from './run.js'
import { hasAddress } from './system.js'
import { judgeRuns } from './verdict.js'
import { chooseView } from './view.js'

const limit = descriptorLimit()
const { json, ...options } = readOptions(process.argv, limit)
const plan = planRun(options, { descriptorLimit: limit, manyAddresses: await hasAddress('127.0.0.2') })

await perform({
  name: 'example',
  acts: ['without', 'with'],
  view: chooseView(plan, json),
  run: (act, tell) => run(plan, act, tell),
  judge: ({ without, with: withKeel }) => ({
    plan,
    runs: [without, withKeel],
    findings: judgeRuns(plan, without, withKeel),
  }),
})
