import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide, parseOptions, shortage, Tracker } from '@evenkeel/core'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import fc from 'fast-check'

function open(options: object) {
  const limits = parseOptions(options, { clock: new FakeClock(), random: Math.random })
  return new Tracker(limits, { report: assert.ifError }).open('192.0.2.1', 1, undefined, 0)
}

describe('policy', () => {
  it('says max-requests from the limit on', () => {
    const connection = open({ maxRequestsPerConnection: 2, jitter: 0 })
    assert.equal(decide(Object.assign(connection, { requests: 1 }), 0), undefined)
    assert.equal(decide(Object.assign(connection, { requests: 2 }), 0), 'max-requests')
    assert.equal(decide(Object.assign(connection, { requests: 3 }), 0), 'max-requests')
  })

  it('says max-age from the limit on', () => {
    const connection = open({ maxConnectionAge: 1000, jitter: 0 })
    assert.equal(decide(connection, 999), undefined)
    assert.equal(decide(connection, 1000), 'max-age')
  })

  it('says nothing, ever, without limits', () => {
    const connection = open({ maxRequestsPerConnection: Infinity, maxConnectionAge: Infinity })
    assert.equal(decide(Object.assign(connection, { requests: 1e15 }), 1e15), undefined)
  })
})

describe('shortage', () => {
  it('begins when less than one place of sixteen is free', () => {
    assert.equal(shortage(1_500, 1_600), 0)
    assert.equal(shortage(1_501, 1_600), 1)
    assert.equal(shortage(1_600, 1_600), 100)
  })

  it('keeps one place of 2 to 31 free, and none of a single one', () => {
    assert.deepEqual(
      [1, 2, 16, 31].map((most) => shortage(most, most)),
      [0, 1, 1, 1],
    )
  })

  it('is never there without a limit', () => {
    assert.equal(shortage(1e9, Infinity), 0)
  })
})

describe('jitter', () => {
  it('draws limits within [limit * (1 - jitter), limit], whole numbers for counts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.double({ min: 0.001, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (count, age, jitter) => {
          const { requestLimit, ageLimit } = open({
            maxRequestsPerConnection: count,
            maxConnectionAge: age,
            jitter,
          })
          assert.ok(Number.isInteger(requestLimit) && requestLimit >= 1)
          assert.ok(requestLimit <= count && requestLimit >= count * (1 - jitter) - 1e-6)
          assert.ok(ageLimit <= age && ageLimit >= age * (1 - jitter) * (1 - 1e-12))
        },
      ),
    )
  })

  it('draws every count from 8 to 10 equally often with a limit of 10 and a jitter of 0.2', () => {
    const seen = new Map<number, number>()
    const limits = { maxRequestsPerConnection: 10, jitter: 0.2 }
    for (let step = 0; step < 300; step++) {
      const random = () => step / 300
      const tracker = new Tracker(parseOptions(limits, { clock: new FakeClock(), random }), {
        report: assert.ifError,
      })
      const { requestLimit } = tracker.open('k', undefined, undefined, 0)
      seen.set(requestLimit, (seen.get(requestLimit) ?? 0) + 1)
    }
    assert.deepEqual([...seen].sort(), [
      [10, 100],
      [8, 100],
      [9, 100],
    ])
  })
})
