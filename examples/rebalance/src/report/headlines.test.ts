import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRun } from '../plan.js'
import { sampleFleet, sampleRun, sampleSeconds, sampleTraffic } from '../sample.js'
import { tellLatency, tellNewShare, tellOpened } from './headlines.js'
import { openedIn, openedPerSecond, requestsPerOpened } from './rates.js'

const plan = planRun({ servers: 4, seconds: 30 })
const without = sampleRun({ seconds: sampleSeconds([50, 50, 0, 0], 0), judged: [300, 300, 0, 0] })
const limit = sampleRun({
  act: 'limit',
  seconds: sampleSeconds([25, 25, 26, 24], 10),
  judged: [125, 125, 130, 120],
  opened: 370,
  traffic: sampleTraffic({ latency: { p50: 0.5, p99: 12.345 } }),
})
const fleet = sampleFleet()
const outcome = { plan, runs: { without, limit, fleet }, findings: [] }

test('80 connections in the first second and 10 in each other are told second by second', () => {
  assert.deepEqual(openedIn(limit), [80, ...Array.from({ length: 29 }, () => 10)])
  assert.equal(openedPerSecond(plan, limit), 10)
  assert.equal(requestsPerOpened(plan, limit), 10)
  assert.equal(openedPerSecond(plan, without), 0)
})

test('the headlines say what the plots show', () => {
  assert.deepEqual(
    [tellNewShare(outcome), tellOpened(outcome), tellLatency(outcome)],
    [
      'Of the requests, servers 3 and 4 get 0% without Even Keel, 50% with a limit and 49% with a fleet. Fair is 50%.',
      'With a limit, that takes 10 new connections a second, one for every 10 requests; with a fleet, 0. ' +
        'In the whole run it is 370 and 160.',
      'Half of the answers take at most 1.00 ms, 0.50 ms and 1.00 ms, and 99 of 100 at most 2.00 ms, 12.3 ms and ' +
        '2.00 ms: without Even Keel, with a limit and with a fleet.',
    ],
  )
})

test('one new server gets, and no new connection is no division by 0', () => {
  const two = {
    ...outcome,
    plan: planRun({ servers: 2, seconds: 30 }),
    runs: { without, limit: without, fleet },
  }
  assert.match(tellNewShare(two), /server 2 gets /)
  assert.match(tellOpened(two), /takes 0 new connections a second; with a fleet, 0\./)
})
