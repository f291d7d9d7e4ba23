import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Plan, planRun } from './plan.js'
import type { Run } from './run.js'
import { judgeRuns } from './verdict.js'

const options = { seconds: 12, leakRate: 500, clients: 16, fairEviction: true }
const machine = { descriptorLimit: 20_000, manyAddresses: true }
const plan = planRun(options, machine)

const failing = { ...traffic(), freshFailures: { ECONNRESET: 42 } }
const without = runOf({ sockets: { open: 3979, most: 3979 }, traffic: failing })
const withKeel = runOf({ act: 'with', sockets: { open: 938, most: 940, evicted: 5103, refused: 0 } })

test('sockets that are bounded, and no failure, are good, and the failures of the bare server are told', () => {
  assert.deepEqual(sentences(plan, without, withKeel), [
    'good: Without Even Keel the server had up to 3,979 open sockets and 4,000 descriptors; 42 of 120 new connections of well-behaved clients failed: 42 x ECONNRESET.',
    'good: With Even Keel it had up to 940, where 1,000 may be.',
    'good: No request of a well-behaved client failed: 0 of 700.',
    'good: Each of the 16 well-behaved clients kept its connection from its first request to its last.',
    'good: The leaking client opened 6,000 connections; 5,103 connections were evicted, 0 refused.',
  ])
})

test('a bare server that has descriptors left is told as one that nothing stops', () => {
  const [fault] = judgeRuns(plan, { ...without, traffic: traffic() }, withKeel)
  assert.match(fault?.sentence ?? '', /up to 3,979 open sockets, and nothing was there to stop them/)
  assert.match(fault?.cure ?? '', /More --seconds/)
})

test('1,001 sockets are bad where 1,000 may be', () => {
  const sockets = { open: 938, most: 1001 }
  assert.match(
    sentences(plan, without, { ...withKeel, sockets })[1] ?? '',
    /^bad: .* 1,001, where 1,000 may be/,
  )
})

test('one failed request is bad, on a connection that is kept or on a new one', () => {
  const bad = 'bad: 1 of 701 requests of well-behaved clients failed: 1 x ECONNRESET.'
  for (const failures of [{ keptFailures: { ECONNRESET: 1 } }, { freshFailures: { ECONNRESET: 1 } }]) {
    assert.equal(sentences(plan, without, { ...withKeel, traffic: { ...traffic(), ...failures } })[2], bad)
  }
})

test('a failure behind refused connections says how to have fewer of them', () => {
  const refusing = { ...withKeel, sockets: { open: 1000, most: 1000, evicted: 10, refused: 7 } }
  const run = { ...refusing, traffic: { ...traffic(), freshFailures: { ECONNRESET: 1 } } }
  assert.match(
    judgeRuns(plan, without, run)[2]?.cure ?? '',
    /^7 connections were refused: give more --max-connections/,
  )
})

test('one reopened connection is bad, and not where all clients have one address', () => {
  const run = { ...withKeel, traffic: { ...traffic(), reopened: 1 } }
  assert.match(
    sentences(plan, without, run)[3] ?? '',
    /^bad: .* had to reopen a connection that they kept 1 times/,
  )
  const together = planRun(options, { ...machine, manyAddresses: false })
  assert.match(sentences(together, without, run)[3] ?? '', /^good: .* 1 times/)
  const unfair = planRun({ ...options, fairEviction: false }, machine)
  assert.equal(judgeRuns(unfair, without, run)[3]?.cure, 'Fair eviction was turned off.')
})

function sentences(plan: Plan, without: Run, withKeel: Run): string[] {
  return judgeRuns(plan, without, withKeel).map(
    ({ good, sentence }) => `${good ? 'good' : 'bad'}: ${sentence}`,
  )
}

function traffic(): Run['traffic'] {
  return { served: 700, keptFailures: {}, fresh: 120, freshFailures: {}, reopened: 0 }
}

function runOf(parts: Partial<Run> & Pick<Run, 'sockets'>): Run {
  const leaked = { opened: 6000, failures: {} }
  return { act: 'without', seconds: [], leaked, traffic: traffic(), ...parts }
}
