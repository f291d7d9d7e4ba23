import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Plan, planRun } from './plan.js'
import type { Run } from './run.js'
import { sampleRun, sampleTraffic } from './sample.js'
import { judgeRuns } from './verdict.js'

const plan = planRun({ servers: 4, seconds: 20 })
const starved = sampleRun({ judged: [500, 500, 0, 0] })
const even = sampleRun({ act: 'limit', judged: [250, 260, 240, 250] })

test('an even run and no failed request are good, and the starved servers are told', () => {
  assert.deepEqual(sentences(plan, starved, even).slice(0, 3), [
    'good: Without Even Keel, servers 3 and 4 starved: 0% of the requests, where 50% is fair.',
    'good: With a limit, every server takes load: 0.96 to 1.04 of the mean (chance: 0.40 to 1.60).',
    'good: No request failed: 0 of 2,000.',
  ])
})

test('a server at 1.7 times the mean is not even', () => {
  const hot = sampleRun({ act: 'limit', judged: [425, 200, 190, 185] })
  assert.match(sentences(plan, starved, hot)[1] ?? '', /^bad: .*did not even out: 0.74 to 1.70 of the mean/)
})

test('a server at 0.3 times the mean is not even', () => {
  const cold = sampleRun({ act: 'limit', judged: [310, 305, 310, 75] })
  assert.match(sentences(plan, starved, cold)[1] ?? '', /^bad: .*did not even out: 0.30 to 1.24 of the mean/)
})

test('an uneven run says so when --max-requests left no time for it', () => {
  const late = planRun({ servers: 4, seconds: 20, maxRequests: 1000 })
  const uneven = sampleRun({ act: 'limit', judged: [500, 500, 0, 0] })
  assert.match(
    judgeRuns(late, { without: starved, limit: uneven })[1]?.cure ?? '',
    /only 96 requests.* give --max-requests 96 or less/,
  )
})

test('an uneven run says so when the machine had no time for it', () => {
  const uneven = sampleRun({ act: 'limit', judged: [500, 500, 0, 0] })
  assert.match(
    judgeRuns(plan, { without: starved, limit: uneven })[1]?.cure ?? '',
    /^Of 38,400 requests the machine had time for 1,000/,
  )
})

test('one failed request in either run is bad, and its error code is told', () => {
  const traffic = sampleTraffic({ failures: { ECONNRESET: 1 } })
  const bad = 'bad: 1 of 2,000 requests failed: 1 x ECONNRESET'
  assert.equal(sentences(plan, { ...starved, traffic }, even)[2], `${bad} without Even Keel.`)
  assert.equal(sentences(plan, starved, { ...even, traffic })[2], `${bad} with a limit.`)
})

test('metrics that say what the clients counted are good, and a difference of one is bad', () => {
  const traffic = sampleTraffic({ requests: 30_870, opened: 1_472, lastResponses: 1_312 })
  const metrics = {
    open: 0,
    opened: 1_472,
    requests: 30_870,
    retired: { 'max-requests': 1_312 },
    closed: { 'max-requests': 1_312, none: 160 },
  }
  assert.equal(
    sentences(plan, starved, { ...even, traffic, metrics })[3],
    'good: Metrics say what the clients saw: 1,472 connections opened, 30,870 requests, 1,312 connections retired, each for max-requests.',
  )
  assert.equal(
    sentences(plan, starved, { ...even, traffic, metrics: { ...metrics, requests: 30_871 } })[3],
    'bad: Metrics do not say what the clients saw: requests: 30,871, not 30,870.',
  )
})

test('servers that show no metrics are bad', () => {
  assert.equal(sentences(plan, starved, even)[3], 'bad: No server with a limit has shown its metrics.')
})

function sentences(plan: Plan, without: Run, limit: Run): string[] {
  return judgeRuns(plan, { without, limit }).map(
    ({ good, sentence }) => `${good ? 'good' : 'bad'}: ${sentence}`,
  )
}
