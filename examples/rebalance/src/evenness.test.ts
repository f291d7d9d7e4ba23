import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  coldestOverMean,
  fleetTolerance,
  hottestOverMean,
  jainIndex,
  shares,
  sum,
  tolerance,
} from './evenness.js'

test('four servers with 100 requests each are even: shares of 0.25, hottest and coldest 1, Jain 1', () => {
  const requests = [100, 100, 100, 100]
  assert.deepEqual(shares(requests), [0.25, 0.25, 0.25, 0.25])
  assert.equal(hottestOverMean(requests), 1)
  assert.equal(coldestOverMean(requests), 1)
  assert.equal(jainIndex(requests), 1)
})

test('two of four servers doing all the work: hottest 2, coldest 0, Jain 0.5', () => {
  const requests = [50, 50, 0, 0]
  assert.deepEqual(shares(requests), [0.5, 0.5, 0, 0])
  assert.equal(hottestOverMean(requests), 2)
  assert.equal(coldestOverMean(requests), 0)
  assert.equal(jainIndex(requests), 0.5)
})

test('requests of 10, 20 and 30: hottest 1.5, coldest 0.5, Jain 3600 / 4200', () => {
  const requests = [10, 20, 30]
  assert.equal(hottestOverMean(requests), 1.5)
  assert.equal(coldestOverMean(requests), 0.5)
  assert.equal(jainIndex(requests), 3600 / 4200)
})

test('no requests at all are 0 and not NaN', () => {
  assert.deepEqual(shares([0, 0]), [0, 0])
  assert.equal(hottestOverMean([0, 0]), 0)
  assert.equal(jainIndex([0, 0]), 0)
})

test('300 choices among four servers leave chance 0.6 of the mean: six times sqrt(3 / 300)', () => {
  assert.equal(tolerance(4, 300), 6 * 0.1)
})

test('3,600 requests for each server leave a fleet 0.15 above the mean: 0.05, and six times 1 / 60', () => {
  assert.equal(fleetTolerance([3000, 3600, 3600, 4200]).toFixed(9), '0.150000000')
})

test('10,000 samples of 300 random choices among four servers stay within the tolerance', () => {
  const allowed = tolerance(4, 300)
  const random = seeded(1)
  for (let sample = 0; sample < 10_000; sample += 1) {
    const chosen = [0, 0, 0, 0]
    for (let choice = 0; choice < 300; choice += 1) {
      const server = Math.floor(random() * 4)
      chosen[server] = (chosen[server] ?? 0) + 1
    }
    assert.equal(sum(chosen), 300)
    assert.ok(hottestOverMean(chosen) <= 1 + allowed && coldestOverMean(chosen) >= 1 - allowed, `${chosen}`)
  }
})

/** The generator of Numerical Recipes, so that the test cannot fail by chance. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
