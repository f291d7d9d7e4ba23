import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { faultOf } from '../docs/code/shell.js'
import { evenkeel } from './evenkeel.js'

describe('evenkeel --help', () => {
  it('shows an example of each of the 3 commands, with flags that they have, and ends with 0', async () => {
    const { code, stdout, stderr } = await evenkeel('--help')
    const examples = /\nExamples:\n((?: {2}evenkeel .*\n)+)\n/.exec(stdout)?.[1]?.trim().split(/\n */) ?? []
    assert.deepEqual(
      examples.map((example) => example.split(' ')[1]),
      ['spread', 'doctor', 'plan'],
    )
    for (const example of examples) assert.equal(faultOf(example), undefined, example)
    assert.deepEqual([code, stderr], [0, ''])
  })
})
