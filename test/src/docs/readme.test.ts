import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pages } from './pages.js'

describe('README', () => {
  it('has at most 150 lines', () => {
    const lines =
      pages
        .find(({ path }) => path === 'README.md')
        ?.text.trimEnd()
        .split('\n') ?? []
    assert.ok(lines.length > 50 && lines.length <= 150, `${lines.length} lines: put the rest into docs`)
  })
})
