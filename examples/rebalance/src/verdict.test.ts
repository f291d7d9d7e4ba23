import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Outcome } from './outcome.js'
import { planRun } from './plan.js'
import { sampleRun, sampleTraffic } from './sample.js'
import { judgeRuns } from './verdict.js'

type Runs = Outcome['runs']

const plan = planRun({ servers: 4, seconds: 30 })
const runs: Runs = {
  without: sampleRun({ judged: [500, 500, 0, 0] }),
  limit: sampleRun({ act: 'limit', judged: [250, 260, 240, 250], opened: 1_380 }),
  fleet: sampleRun({ act: 'fleet', judged: [2500, 2400, 2300, 2400], opened: 160 }),
}

test('even runs and no failed request are good, and the starved servers are told', () => {
  assert.deepEqual(sentences({}).slice(0, 5), [
    'good: Without Even Keel, servers 3 and 4 starved: 0% of the requests, where 50% is fair.',
    'good: With a limit, every server takes load: 0.96 to 1.04 of the mean (chance: 0.40 to 1.60).',
    'good: With a fleet, every server takes its share: 0.96 to 1.04 of the mean (tolerance and chance: up to 1.17).',
    'good: With a fleet, clients had to connect again 80 times; with a limit, 1,300 times (6%).',
    'good: No request failed: 0 of 3,000.',
  ])
})

test('with a limit, a server at 1.7 times the mean is not even', () => {
  const hot = sampleRun({ act: 'limit', judged: [425, 200, 190, 185] })
  assert.match(sentences({ limit: hot })[1] ?? '', /^bad: .*did not even out: 0.74 to 1.70 of the mean/)
})

test('with a limit, a server at 0.3 times the mean is not even', () => {
  const cold = sampleRun({ act: 'limit', judged: [310, 305, 310, 75] })
  assert.match(sentences({ limit: cold })[1] ?? '', /^bad: .*did not even out: 0.30 to 1.24 of the mean/)
})

test('an uneven run says so when --max-requests left no time for it', () => {
  const late = planRun({ servers: 4, seconds: 30, maxRequests: 1000 })
  const uneven = sampleRun({ act: 'limit', judged: [500, 500, 0, 0] })
  assert.match(
    judgeRuns(late, { ...runs, limit: uneven })[1]?.cure ?? '',
    /only 480 requests.* give --max-requests 480 or less/,
  )
})

test('an uneven run says so when the machine had no time for it', () => {
  const judged = [5000, 5000, 0, 0]
  const uneven = { limit: sampleRun({ act: 'limit', judged }), fleet: sampleRun({ act: 'fleet', judged }) }
  for (const { cure = '' } of judgeRuns(plan, { ...runs, ...uneven }).slice(1, 3)) {
    assert.match(cure, /^Of 57,600 requests the machine had time for 1,000/)
  }
})

test('one failed request in any run is bad, and its error code is told', () => {
  const traffic = sampleTraffic({ failures: { ECONNRESET: 1 } })
  const bad = 'bad: 1 of 3,000 requests failed: 1 x ECONNRESET'
  assert.equal(sentences({ without: { ...runs.without, traffic } })[4], `${bad} without Even Keel.`)
  assert.equal(sentences({ limit: { ...runs.limit, traffic } })[4], `${bad} with a limit.`)
  assert.equal(sentences({ fleet: { ...runs.fleet, traffic } })[4], `${bad} with a fleet.`)
})

test('metrics that say what the clients counted are good, and a difference of one is bad', () => {
  const traffic = sampleTraffic({ requests: 57_000, opened: 160, lastResponses: 80 })
  const metrics = {
    open: 0,
    opened: 160,
    requests: 57_000,
    retired: { fleet: 80 },
    closed: { fleet: 80, none: 80 },
  }
  const judged = (requests: number): string | undefined =>
    sentences({ fleet: { ...runs.fleet, traffic, metrics: { ...metrics, requests } } })[6]
  assert.equal(
    judged(57_000),
    'good: With a fleet, metrics say what the clients saw: 160 connections opened, 57,000 requests, 80 connections retired, each for fleet.',
  )
  assert.equal(
    judged(57_001),
    'bad: With a fleet, metrics do not say what the clients saw: requests: 57,001, not 57,000.',
  )
})

test('servers that show no metrics are bad', () => {
  assert.deepEqual(sentences({}).slice(5), [
    'bad: No server with a limit has shown its metrics.',
    'bad: No server with a fleet has shown its metrics.',
  ])
})

function sentences(others: Partial<Runs>): string[] {
  return judgeRuns(plan, { ...runs, ...others }).map(
    ({ good, sentence }) => `${good ? 'good' : 'bad'}: ${sentence}`,
  )
}
