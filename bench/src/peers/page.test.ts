import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { rewrite } from './page.js'

const [begin, end] = ['<!-- measured by `pnpm bench peers --write` -->', '<!-- end of what was measured -->']

describe('the page of the peers', () => {
  it('gets a new measured part, and keeps what stands around it', () => {
    const page = `# Title\n\n${begin}\n\nold\n\n${end}\n\nMore.\n`
    const written = rewrite(page, 'new')
    assert.equal(written, `# Title\n\n${begin}\n\nnew\n\n${end}\n\nMore.\n`)
    assert.equal(rewrite(written, 'new'), written)
  })

  it('is refused without the two marks, which the message names', () => {
    assert.throws(() => rewrite(`${begin} and no more`, 'new'), { message: new RegExp(`${end}.*add both`) })
    assert.throws(() => rewrite('# Title', 'new'), { message: new RegExp(begin) })
  })
})
