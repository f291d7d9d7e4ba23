import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { unknownNames } from './names.js'
import { pageOf, pages } from './pages.js'
import { unknownWords } from './words.js'

// A change log tells of names that are gone.
const present = pages.filter(({ path }) => !path.endsWith('CHANGELOG.md'))

describe('options, members, variables, codes, metrics, alerts, channels and packages', () => {
  for (const page of present) {
    it(`that ${page.path} names exist`, () => {
      assert.deepEqual(unknownNames(page), [])
      assert.deepEqual(
        unknownWords(page),
        [],
        'if they are not ours, add them to the foreign ones in words.ts',
      )
    })
  }

  it('are found where they do not exist', () => {
    const names = [
      'EVENKEEL_MAX_CONECTIONS',
      'ERR_EVENKEEL_OPTION',
      'evenkeel_idle_closes_total',
      'EvenKeelLeak',
      'evenkeel:server:drains',
      '@evenkeel/nodes',
      'evenkeel/node/auto',
    ]
    for (const name of names) assert.deepEqual(unknownNames({ text: `see \`${name}\`.` }), [name])
    for (const word of [
      'maxConections',
      'maxConections: 500',
      'idleTimeoutBefore(…)',
      'keel.redy',
      'totals.idles',
    ]) {
      assert.equal(unknownWords(pageOf('', `see \`${word}\`.`)).length, 1, word)
    }
    const known =
      'EVENKEEL_JITTER ERR_EVENKEEL_OPTION_INVALID EVENKEEL_IDLE_RACE evenkeel_ready @evenkeel/node/auto'
    assert.deepEqual(unknownNames({ text: known }), [])
  })
})
