import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleRun, sampleSeconds } from '../sample.js'
import { rangeOf } from './latency.js'

test('the scale of latencies from 0.4 to 30 ms goes from 0.2 to 50 ms, in both runs', () => {
  const run = sampleRun({ seconds: sampleSeconds([25, 25, 25, 25], 0) })
  assert.deepEqual(rangeOf([run, sampleRun()]), [0.2, 50])
})

test('a second without an answer has no say in the scale, and a run without any has one', () => {
  const latency = { p50: 1, p99: 10 }
  const seconds = [
    { second: 1, requests: [0, 0], opened: 0 },
    { second: 2, requests: [1, 1], opened: 2, latency },
  ]
  assert.deepEqual(rangeOf([sampleRun({ seconds })]), [0.5, 20])
  assert.deepEqual(rangeOf([sampleRun()]), [0.1, 100])
})
