import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Traffic } from './clients.js'
import { balanceBetween, cpuPerRequest, latencyOf, type Reading } from './figures.js'
import { type ProcessorTimes, usedBetween } from './processor.js'

function reading(at: number, processor: ProcessorTimes, traffic: Partial<Traffic>): Reading {
  return { at, processor, traffic: { opened: 0, byServer: {}, failures: {}, ...traffic } }
}

describe('the figures between two readings', () => {
  const before = reading(1_000, new Map([[7, 500]]), { opened: 60, byServer: { 1: 100, 2: 100 } })
  const after = reading(6_000, new Map([[7, 12_500]]), { opened: 80, byServer: { 1: 400, 2: 300, 3: 100 } })
  const { byServer, hottest, reconnectsPerSecond, requestsPerSecond } = balanceBetween(before, after, 4)

  it('600 requests and 12 milliseconds of CPU time: 20 microseconds each', () => {
    assert.equal(cpuPerRequest(before, after), 20)
  })

  it('300 of 600 requests on one of 4 servers: 2 times the mean, also if one has had none', () => {
    assert.deepEqual(byServer, [300, 200, 100, 0])
    assert.equal(hottest, 2)
  })

  it('20 connections opened in 5 seconds: 4 a second', () => {
    assert.equal(reconnectsPerSecond, 4)
    assert.equal(requestsPerSecond, 120)
  })

  it('99 of 100 answers took at most 99 of the milliseconds from 0 to 100', () => {
    assert.deepEqual(latencyOf(Array.from({ length: 101 }, (_, i) => i)), { p50: 50, p99: 99 })
  })
})

describe('CPU time between two readings', () => {
  it('counts a process that has come meanwhile, and none that has gone', () => {
    const before = new Map([
      [1, 100],
      [2, 1_000],
    ])
    const after = new Map([
      [1, 150],
      [3, 30],
    ])
    assert.equal(usedBetween(before, after), 80)
  })
})
