import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Act } from '@evenkeel/example-stage/act'
import { planRuns } from './plan.js'
import type { Restart, Run } from './run.js'
import { judgeRuns } from './verdict.js'

const plan = planRuns({ servers: 4, within: 3000, quiet: 5000, requests: 0, pause: 4 })
const bare = runOf({ act: 'without', busiest: 9.8, failed: [3, 5], executedInVain: 1 })
const smooth = runOf({})

test('no failure, every request executed once and an even spread are good, and what the bare server lost is told', () => {
  assert.deepEqual(sentences(bare, smooth), [
    'good: Without Even Keel, 2 of 1,000 requests failed in 4 restarts; 1 of these had been executed.',
    'good: With Even Keel, 0 of 1,000 requests failed in 4 restarts.',
    'good: With Even Keel, every request was executed once.',
    'good: With Even Keel, connections leave one by one: the busiest tenth of a window takes 1.2 times its fair part of them (without: 9.8).',
  ])
})

test('one failed request with Even Keel is bad, and its error code is told', () => {
  const lossy = runOf({ failed: [7] })
  assert.equal(
    sentences(bare, lossy)[1],
    'bad: With Even Keel, 1 of 1,000 requests failed in 4 restarts: 1 x ECONNRESET.',
  )
})

test('a request that never ran is bad, and so is one that ran twice', () => {
  const lost = runOf({ neverExecuted: 1 })
  assert.equal(sentences(bare, lost)[2], 'bad: With Even Keel, 1 request never, 0 twice executed.')
  const twice = runOf({ executedTwice: 1 })
  assert.equal(sentences(bare, twice)[2], 'bad: With Even Keel, 0 requests never, 1 twice executed.')
})

test('a tenth with 2.5 times its fair part is bad with 400 connections, and chance with 100', () => {
  const told = (connections: number): string | undefined =>
    sentences(bare, runOf({ busiest: 2.5, connections }))[3]
  assert.match(told(400) ?? '', /^bad: .*too many connections leave at once: .* 2.5 times/)
  assert.match(told(100) ?? '', /^good: /)
  const { cure } = judgeRuns(plan, bare, runOf({ busiest: 2.5, connections: 400 }))[3] ?? {}
  assert.match(cure ?? '', /a tenth of a window, 300 ms: give a longer --within/)
})

function sentences(...runs: [bare: Run, withKeel: Run]): string[] {
  return judgeRuns(plan, ...runs).map(({ good, sentence }) => `${good ? 'good' : 'bad'}: ${sentence}`)
}

interface Parts {
  readonly act?: Act
  readonly busiest?: number
  readonly connections?: number
  readonly failed?: readonly number[]
  readonly executedInVain?: number
  readonly neverExecuted?: number
  readonly executedTwice?: number
}

function runOf({ act = 'with', busiest = 1.2, connections = 100, failed = [], ...parts }: Parts): Run {
  const { executedInVain = 0, neverExecuted = 0, executedTwice = 0 } = parts
  const round: Restart = {
    restart: 1,
    server: 1,
    connections,
    departures: [],
    busiest,
    requests: 250,
    failed: 0,
  }
  return {
    act,
    restarts: [round, round, round, round],
    traffic: {
      requests: 1000,
      failures: failed.length === 0 ? {} : { ECONNRESET: failed.length },
      failed,
      latency: { p50: 1, p99: 2 },
    },
    account: { executedOnce: 1000 - neverExecuted - executedTwice, executedTwice, neverExecuted },
    executedInVain,
    opened: 160,
  }
}
