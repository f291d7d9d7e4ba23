import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pages } from '../pages.js'
import { filled, quotedBy } from './figures.js'

describe('figures', () => {
  for (const { path, text } of pages.filter((page) => quotedBy(page.text).length > 0)) {
    it(`on ${path} are those that the benchmarks have written`, () => {
      assert.equal(text, filled(text), 'run pnpm generate')
    })
  }

  it('that a page quotes are found, filled in, and missed where there are none', () => {
    const text = 'It takes <!-- figure count.hit -->70<!-- /figure --> ns.'
    const measured = { count: { figures: { hit: '62' } } }
    assert.deepEqual(quotedBy(text), ['count.hit'])
    assert.equal(filled(text, measured), text.replace('70', '62'))
    assert.throws(
      () => filled(text, { count: { figures: {} } }),
      /^Error: docs\/figures.json has no count.hit$/,
    )
    assert.ok(pages.some((page) => page.path === 'README.md' && quotedBy(page.text).length > 0))
  })
})
