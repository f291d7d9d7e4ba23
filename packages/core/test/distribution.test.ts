import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createCounter, isBound } from '@evenkeel/core'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import fc from 'fast-check'

/** Records values as the ages at which connections close. */
function ages(values: readonly number[]) {
  const clock = new FakeClock()
  const counter = createCounter({
    clock,
    random: Math.random,
    maxConnectionAge: Infinity,
    idleTimeout: Infinity,
  })
  for (const value of values) {
    counter.hit('192.0.2.1:1')
    clock.advance(value)
    counter.close('192.0.2.1:1')
  }
  return counter.snapshot().ageAtClose
}

describe('distribution', () => {
  it('is all zero while nothing was recorded', () => {
    assert.deepEqual(ages([]), {
      count: 0,
      sum: 0,
      min: 0,
      max: 0,
      mean: 0,
      p50: 0,
      p90: 0,
      p99: 0,
      buckets: [],
    })
  })

  it('is exact for whole numbers up to 16', () => {
    const { buckets, p50, p90, p99, min, max } = ages(Array.from({ length: 16 }, (_, index) => index + 1))
    assert.deepEqual(
      buckets,
      Array.from({ length: 16 }, (_, index) => ({ le: index + 1, count: 1 })),
    )
    assert.deepEqual({ p50, p90, p99, min, max }, { p50: 8, p90: 15, p99: 16, min: 1, max: 16 })
  })

  it('ends buckets at seconds, minutes and round counts', () => {
    for (const bound of [1, 2, 5, 10, 16, 20, 50, 100, 500, 1000, 5000, 10_000, 65_000, 120_000, 300_000])
      assert.ok(isBound(bound), `${bound}`)
    for (const other of [0, 0.5, 17, 1001, 61_000]) assert.ok(!isBound(other), `${other}`)
  })

  it('puts every value into a bucket at most a seventh above it, and loses none', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 31 }), { minLength: 1 }), (values) => {
        const { buckets, count, sum, min, max, p50 } = ages(values)
        const sorted = values.toSorted((a, b) => a - b)
        assert.equal(count, values.length)
        assert.equal(
          sum,
          values.reduce((total, value) => total + value, 0),
        )
        assert.deepEqual([min, max], [sorted[0], sorted.at(-1)])
        const median = sorted[Math.ceil(values.length / 2) - 1] ?? 0
        assert.ok(p50 >= median && p50 <= Math.max(1, (median * 8) / 7), `${p50} for ${median}`)
        for (const { le } of buckets) {
          const upTo = buckets
            .filter((bucket) => bucket.le <= le)
            .reduce((total, bucket) => total + bucket.count, 0)
          assert.equal(upTo, values.filter((value) => value <= le).length)
        }
      }),
    )
  })
})
