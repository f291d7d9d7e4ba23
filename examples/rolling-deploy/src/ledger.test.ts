import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account } from './ledger.js'

test('of 5 requests 2 were executed once, 2 twice by one or by two servers, and 1 never', () => {
  const executed = [
    [1, 2, 2],
    [3, 4],
    [4, 4],
  ]
  assert.deepEqual(account(5, executed), { executedOnce: 2, executedTwice: 2, neverExecuted: 1 })
})

test('what is no request of the clients counts for nothing', () => {
  assert.deepEqual(account(1, [[1, Number.NaN, 0, 17]]), {
    executedOnce: 1,
    executedTwice: 0,
    neverExecuted: 0,
  })
})
