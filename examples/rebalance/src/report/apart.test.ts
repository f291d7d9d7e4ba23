import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moveApart } from './apart.js'

test('heights that are far enough apart stay where they are', () => {
  assert.deepEqual(moveApart([0.1, 0.4, 0.9], 0.2), [0.1, 0.4, 0.9])
})

test('three at the top come to lie below each other, and in order', () => {
  assert.deepEqual(
    moveApart([0.5, 1, 1, 1], 0.1).map((height) => Number(height.toFixed(6))),
    [0.5, 0.8, 0.9, 1],
  )
})

test('more than fit are evenly spread from 0 to 1', () => {
  assert.deepEqual(moveApart([0, 0, 0, 0, 0], 0.5), [0, 0.25, 0.5, 0.75, 1])
})

test('one label, or none, is no matter', () => {
  assert.deepEqual(moveApart([1], 0.1), [1])
  assert.deepEqual(moveApart([], 0.1), [])
})
