import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { faultOf, linksOf } from './links.js'
import { pages } from './pages.js'

describe('links', () => {
  for (const page of pages) {
    it(`of ${page.path} lead somewhere`, () => {
      const faults = linksOf(page).flatMap(({ target, place }) => {
        const fault = faultOf(page, target)
        return fault === undefined ? [] : [`${place}: ${target}: ${fault}`]
      })
      assert.deepEqual(faults, [])
    })
  }

  it('are found, as are those that lead nowhere', () => {
    const [readme] = pages.filter(({ path }) => path === 'README.md')
    assert.ok(readme !== undefined && linksOf(readme).length > 10)
    for (const target of ['docs', 'docs/reference.md#options', 'https://example.org/nowhere']) {
      assert.equal(faultOf(readme, target), undefined)
    }
    assert.equal(faultOf(readme, 'docs/nowhere.md'), 'there is no docs/nowhere.md')
    assert.equal(faultOf(readme, 'docs/reference.md#no'), 'docs/reference.md has no heading #no')
    assert.equal(
      faultOf(readme, 'https://github.com/evenkeel/evenkeel/blob/main/docs/nowhere.md'),
      'there is no docs/nowhere.md',
    )
  })
})
