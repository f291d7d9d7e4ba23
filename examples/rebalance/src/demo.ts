import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { perform } from '@evenkeel/example-stage/perform'
import { acts } from './acts.js'
import { readOptions } from './options.js'
import type { Outcome } from './outcome.js'
import { planRun } from './plan.js'
import { findRedis } from './redis.js'
import { writeReport, writeStill } from './report/file.js'
import { run } from './run.js'
import { renderTranscript } from './transcript.js'
import { judgeRuns } from './verdict.js'
import { chooseView } from './view.js'

const { json, report, still, transcript, redis, ...options } = readOptions(process.argv)
const plan = planRun(redis === undefined ? options : { ...options, store: await findRedis(redis) })

async function judge(runs: Outcome['runs']): Promise<Outcome> {
  const outcome: Outcome = { plan, runs, findings: judgeRuns(plan, runs) }
  if (still !== undefined) await writeStill(still, outcome)
  if (transcript !== undefined) writeFileSync(transcript, renderTranscript(outcome))
  if (report === false) return outcome
  await writeReport(report, outcome)
  return { ...outcome, report: resolve(report) }
}

await perform({
  name: 'demo',
  acts,
  view: chooseView(plan, json),
  run: (act, tell) => run(plan, act, redis, tell),
  judge,
})
