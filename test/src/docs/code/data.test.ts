import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { blocks } from './block.js'
import { commands, faultOf } from './shell.js'

/** Whatever a block can be. PromQL is parsed by the tests of `@evenkeel/prometheus`; nginx, Go and text are not checked. */
const languages = [
  'js',
  'ts',
  'diff',
  'sh',
  'bash',
  'yaml',
  'json',
  'promql',
  'nginx',
  'go',
  'text',
  'http',
  '',
]

describe('blocks that are no programs', () => {
  it('are of a language that is checked, or text', () => {
    for (const { language, place } of blocks) assert.ok(languages.includes(language), `${place}: ${language}`)
  })

  it('call scripts, files, packages and flags that there are', () => {
    assert.ok(commands.length > 20)
    const faults = commands.flatMap(({ block, command }) => {
      const fault = faultOf(command)
      return fault === undefined ? [] : [`${block.place}: ${command}: ${fault}`]
    })
    assert.deepEqual(faults, [])
  })

  it('are YAML and JSON that can be parsed', () => {
    for (const { language, text, place } of blocks) {
      if (language === 'json') JSON.parse(text)
      if (language !== 'yaml') continue
      for (const { errors } of parseAllDocuments(text)) assert.deepEqual(errors, [], place)
    }
  })

  it('are told apart where a command is wrong', () => {
    assert.equal(faultOf('npx -y pnpm@12 dmo'), 'there is no script dmo')
    assert.equal(faultOf('pnpm bench request'), 'request is not in its --help')
    assert.equal(faultOf('pnpm bench requests --rounds 3'), undefined)
    assert.equal(faultOf('pnpm bench requests --round 3'), '--round is not in its --help')
    assert.equal(faultOf('node examples/expres/server.js'), 'there is no examples/expres/server.js')
    assert.equal(faultOf('npm install @evenkeel/expres'), 'there is no package expres')
  })
})
