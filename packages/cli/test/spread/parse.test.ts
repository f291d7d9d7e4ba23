import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addresses, header } from '#cli/spread/parse'

describe('--from', () => {
  it('takes addresses with commas between', () => {
    assert.deepEqual(addresses('127.0.0.2, ::1'), ['127.0.0.2', '::1'])
  })

  for (const wrong of ['', 'localhost', '127.0.0.2,', '127.0.0.0/8'])
    it(`refuses ${wrong === '' ? 'nothing' : wrong}`, () => {
      assert.throws(() => addresses(wrong), { code: 'commander.invalidArgument', message: /IP addresses/ })
    })
})

describe('--header', () => {
  it('takes a line, and is added to those before', () => {
    const given = header('x-a: b:c', header('authorization: Bearer 1'))
    assert.deepEqual(given, { authorization: 'Bearer 1', 'x-a': 'b:c' })
  })

  for (const wrong of ['', 'authorization', ': value', 'a b: c'])
    it(`refuses ${wrong === '' ? 'nothing' : wrong}`, () => {
      assert.throws(() => header(wrong), { code: 'commander.invalidArgument', message: /a colon/ })
    })
})
