import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LatencyMeter } from './latency.js'

test('a second tells of its own answers only', () => {
  const meter = new LatencyMeter()
  for (let answer = 1; answer <= 98; answer += 1) meter.record(0.5)
  meter.record(20)
  meter.record(20)
  assert.deepEqual(round(meter.lap()), { p50: 0.5, p99: 20 })
  meter.record(3)
  assert.deepEqual(round(meter.lap()), { p50: 3, p99: 3 })
})

test('a second without an answer has no latency', () => {
  const meter = new LatencyMeter()
  assert.equal(meter.lap(), undefined)
  meter.record(1)
  meter.lap()
  assert.equal(meter.lap(), undefined)
})

test('what is measured goes on over the seconds, and begins anew when told', () => {
  const meter = new LatencyMeter()
  assert.deepEqual(meter.measured(), { p50: 0, p99: 0 })
  meter.record(1)
  meter.lap()
  meter.record(4)
  assert.deepEqual(round(meter.measured()), { p50: 1, p99: 4 })
  meter.measure()
  meter.record(2)
  assert.deepEqual(round(meter.measured()), { p50: 2, p99: 2 })
})

/** To the histogram's three digits. */
function round(latency: { p50: number; p99: number } | undefined): object {
  const digits = (milliseconds: number): number => Number(milliseconds.toFixed(1))
  return { p50: digits(latency?.p50 ?? 0), p99: digits(latency?.p99 ?? 0) }
}
