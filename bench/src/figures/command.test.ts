import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { commandOf } from './command.js'

describe('the command beside a figure', () => {
  it('has the flags that change what is measured, and their values, also where these are several', () => {
    const words = [
      'count',
      'peers',
      '--only',
      'bare',
      'nginx',
      '--figures',
      'docs/figures.json',
      '--seconds=5',
    ]
    assert.equal(commandOf('peers', words), 'pnpm bench peers --only bare nginx --seconds=5')
    assert.equal(commandOf('demo', ['--rounds', '9', 'demo', '--json']), 'pnpm bench demo --rounds 9')
    assert.equal(commandOf('count', ['count', '--json']), 'pnpm bench count')
  })
})
