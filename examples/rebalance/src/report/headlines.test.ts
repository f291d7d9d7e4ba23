import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRun } from '../plan.js'
import { sampleRun, sampleSeconds, sampleTraffic } from '../sample.js'
import { tellLatency, tellNewShare, tellOpened } from './headlines.js'
import { openedIn, openedPerSecond, requestsPerOpened } from './rates.js'

const plan = planRun({ servers: 4, seconds: 20 })
const without = sampleRun({ seconds: sampleSeconds([50, 50, 0, 0], 0), judged: [300, 300, 0, 0] })
const limit = sampleRun({
  act: 'limit',
  seconds: sampleSeconds([25, 25, 26, 24], 10),
  judged: [150, 150, 156, 144],
  traffic: sampleTraffic({ latency: { p50: 0.5, p99: 12.345 } }),
})
const outcome = { plan, runs: { without, limit }, findings: [] }

test('160 connections in the first second and 10 in each other are told second by second', () => {
  assert.deepEqual(openedIn(limit), [160, ...Array.from({ length: 19 }, () => 10)])
  assert.equal(openedPerSecond(plan, limit), 10)
  assert.equal(requestsPerOpened(plan, limit), 10)
  assert.equal(openedPerSecond(plan, without), 0)
})

test('the headlines say what the plots show', () => {
  assert.deepEqual(
    [tellNewShare(outcome), tellOpened(outcome), tellLatency(outcome)],
    [
      'Without Even Keel, servers 3 and 4 get 0% of the requests; with it 50%, where 50% is fair.',
      'That takes 10 new connections a second, one for every 10 requests; without Even Keel it is 0.',
      'Half of the answers take at most 0.50 ms with Even Keel, 1.00 ms without it; ' +
        '99 of 100 take at most 12.3 ms and 2.00 ms.',
    ],
  )
})

test('one new server gets, and no new connection is no division by 0', () => {
  const two = { ...outcome, plan: planRun({ servers: 2, seconds: 20 }), runs: { without, limit: without } }
  assert.match(tellNewShare(two), /server 2 gets /)
  assert.match(tellOpened(two), /^That takes 0 new connections a second; without/)
})
