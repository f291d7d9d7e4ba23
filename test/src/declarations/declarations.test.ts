import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { optionFaults } from '../docs/reference/comments.js'
import { page, pageFile } from '../docs/reference/page.js'
import { declarations } from './model.js'
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

/** Whatever a formatter has made of its spaces. */
function lines(text: string): string[] {
  return text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---').split('\n')
}

// What was extracted above has the doc comments. To extract it again would take seconds.
describe('docs/reference.md', () => {
  it('says what the code says', async () => {
    const written = lines(readFileSync(pageFile, 'utf8'))
    assert.deepEqual(written, lines(await page(declarations())), 'run pnpm generate, and read the difference')
  })

  it('has for each option its default, its unit and what turns it off, as the doc comments tell them', async () => {
    assert.deepEqual(await optionFaults(declarations()), [])
  })
})
