import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf, codesOf, countFailure, failure } from './failures.js'

test('failures are counted by their code, or by what they say where they have none', () => {
  const failures: Record<string, number> = {}
  for (const error of [
    failure('status 503'),
    failure('ECONNRESET'),
    failure('ECONNRESET'),
    new Error('odd'),
  ]) {
    countFailure(failures, error)
  }
  assert.deepEqual(failures, { 'status 503': 1, ECONNRESET: 2, 'Error: odd': 1 })
  assert.equal(codeOf('thrown'), 'thrown')
})

test('codes of several counts are added up', () => {
  assert.equal(
    codesOf({ ECONNRESET: 1200, ETIMEDOUT: 1 }, { ECONNRESET: 3 }),
    '1,203 x ECONNRESET, 1 x ETIMEDOUT',
  )
  assert.equal(codesOf({}), '')
})
