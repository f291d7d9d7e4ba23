import assert from 'node:assert/strict'
import { test } from 'node:test'
import { busiest, median, split, tenths } from './departures.js'

test('10 departures in 10 tenths are even: 1', () => {
  const moments = Array.from({ length: 10 }, (_, tenth) => tenth * 200 + 199)
  const counts = tenths({ moments }, 2000)
  assert.deepEqual(counts, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
  assert.equal(busiest(counts), 1)
})

test('50 departures in the first tenth are all at once: 10', () => {
  const counts = tenths({ moments: Array.from({ length: 50 }, (_, moment) => moment) }, 2000)
  assert.deepEqual(counts, [50, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  assert.equal(busiest(counts), 10)
})

test('3 of 4 departures behind the window, in one tenth of its length, are 7.5 times a fair part', () => {
  const counts = tenths({ moments: [0, 2201, 2250, 2399] }, 2000)
  assert.deepEqual(split(counts), { within: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], behind: 3 })
  assert.equal(busiest(counts), 7.5)
})

test('no departures have no busiest tenth', () => {
  assert.equal(busiest(tenths({ moments: [] }, 2000)), 0)
})

test('the middle one of 3, and the mean of the two in the middle of 4', () => {
  assert.equal(median([9, 1, 2]), 2)
  assert.equal(median([9, 1, 2, 3]), 2.5)
  assert.equal(median([]), 0)
})
