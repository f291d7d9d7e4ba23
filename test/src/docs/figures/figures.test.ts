import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { areClosed, filled, quotedBy } from '@evenkeel/test-kit/figures/page'
import { namesOf, type Sections } from '@evenkeel/test-kit/figures/section'
import { pages } from '../pages.js'
import { figures } from './figures.js'

describe('figures', () => {
  for (const { path, text } of pages) {
    it(`on ${path} are those that the benchmarks have written`, () => {
      assert.ok(areClosed(text), 'a mark has no end')
      assert.equal(text, filled(text, figures), 'run pnpm generate')
    })
  }

  it('that the benchmarks have written all stand on a page', () => {
    const quoted = new Set(pages.flatMap(({ text }) => quotedBy(text)))
    assert.deepEqual(
      namesOf(figures).filter((name) => !quoted.has(name)),
      [],
      'quote them on a page, or leave them out in bench/src/figures',
    )
  })

  it('have the command, the date and the machine that they come from beside them', () => {
    for (const [name, { command, date, machine }] of Object.entries(figures)) {
      assert.match(command, new RegExp(`^pnpm bench ${name}( |$)`))
      assert.match(date, /^\d{4}-\d\d-\d\d$/)
      assert.equal(typeof Reflect.get(machine, 'load'), 'number', name)
    }
  })
})

describe('a page that quotes', () => {
  const measured: Sections = {
    count: { figures: { hit: '62' } },
    peers: {
      table: { head: ['peer', 'CPU'], alignment: 'lr', rows: [['bare', '57 µs']], notes: ['A note.'] },
    },
    demo: { output: { lines: ['one', 'two'], notes: ['A note.'] } },
  }

  it('a figure of 62 gets it in the place of 70', () => {
    const text = 'It takes <!-- figure count.hit -->70<!-- /figure --> ns.'
    assert.deepEqual(quotedBy(text), ['figure count.hit'])
    assert.equal(filled(text, measured), text.replace('70', '62'))
  })

  it('a table gets its head, its one row and its note', () => {
    assert.equal(
      filled('<!-- table peers -->old<!-- /table -->', measured),
      '<!-- table peers -->\n\n| peer |   CPU |\n| :--- | ----: |\n| bare | 57 µs |\n\nA note.\n\n<!-- /table -->',
    )
  })

  it('what a program printed gets both lines as a block, and its note', () => {
    assert.equal(
      filled('<!-- output demo --><!-- /output -->', measured),
      '<!-- output demo -->\n\n```text\none\ntwo\n```\n\nA note.\n\n<!-- /output -->',
    )
  })

  it('what nobody measured is an error that names it, and a mark without an end is seen', () => {
    assert.throws(
      () => filled('<!-- figure count.miss -->1<!-- /figure -->', measured),
      /^Error: docs\/figures.json has no figure count.miss$/,
    )
    assert.throws(() => filled('<!-- table demo --><!-- /table -->', measured), /has no table demo$/)
    assert.equal(areClosed('<!-- figure count.hit -->62'), false)
    assert.equal(areClosed('<!-- figure count.hit -->62<!-- /figure -->'), true)
  })

  it('has the names of all that it could quote', () => {
    assert.deepEqual(namesOf(measured), ['figure count.hit', 'table peers', 'output demo'])
  })
})
