import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pages } from '../pages.js'
import { allowed } from './allowed.js'
import { unmarkedOn } from './unmarked.js'

// A change log tells what was measured then.
const present = pages.filter(({ path }) => !path.endsWith('CHANGELOG.md'))

describe('what looks like a measured figure', () => {
  for (const page of present) {
    it(`on ${page.path} is quoted from docs/figures.json, or known to be something else`, () => {
      assert.deepEqual(
        [...new Set(unmarkedOn(page))].toSorted(),
        Object.keys(allowed[page.path] ?? {}).toSorted(),
        'have a benchmark write it and quote it, say it without a number, or tell in allowed.ts what it is',
      )
    })
  }

  it('is found with its unit, as a part, as a ratio and as so many of so many, and not where it is quoted', () => {
    const found = (text: string): string[] => unmarkedOn({ path: '', text })
    assert.deepEqual(found('It takes about 320 bytes and 0.2 ms; 14kB, 1,000 µs, 10 000 ns.'), [
      '320 bytes',
      '0.2 ms',
      '14kB',
      '1,000 µs',
      '10 000 ns',
    ])
    assert.deepEqual(found('About 8 % failed, in 20 of 20 runs, 1.27 of bare Node, 3 times.'), [
      '8 %',
      '20 of 20',
      '1.27',
      '3 times',
    ])
    assert.deepEqual(found('| a |\n| - |\n| 57 µs |\n'), ['57 µs'])
    assert.deepEqual(
      found('It takes <!-- figure count.hit-ns -->62<!-- /figure --> ns, Node 20.19, `65 ms`.'),
      [],
    )
  })

  it('is known only on pages that there are', () => {
    const paths = new Set(present.map(({ path }) => path))
    assert.deepEqual(
      Object.keys(allowed).filter((path) => !paths.has(path)),
      [],
    )
  })
})
