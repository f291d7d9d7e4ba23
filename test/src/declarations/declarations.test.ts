import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { entries, isUpToDate } from './report.js'

describe('what the packages export', () => {
  for (const entry of entries) {
    it(`is what its report says: ${entry.join('/')}`, () => {
      assert.ok(
        isUpToDate(entry, false),
        'an exported declaration has changed: run pnpm generate, and read the difference',
      )
    })
  }
})
