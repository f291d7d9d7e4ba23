import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseBy, writeBy } from '#cli/spread/names/by'
import { fieldsOf, readName } from '#cli/spread/names/fields'

const answer = {
  status: 200,
  headers: { 'x-served-by': 'one' },
  cookies: { SERVERID: 'two' },
  body: '{"host":{"name":"three","id":4},"list":["five"]}',
}

describe('--by', () => {
  for (const [by, name] of [
    ['header:X-Served-By', 'one'],
    ['cookie:SERVERID', 'two'],
    ['body:host.name', 'three'],
    ['body:host.id', '4'],
    ['body:list.0', 'five'],
    ['body:/"na(.)e"/', 'm'],
    ['body:/th../', 'thre'],
    ['body', answer.body],
    ['header:other', undefined],
    ['cookie:other', undefined],
    ['body:host', undefined],
    ['body:host.name.length', undefined],
    ['body:/six/', undefined],
  ] as const)
    it(`${by} reads ${name}`, () => assert.equal(readName(parseBy(by), answer), name))

  for (const by of ['x-served-by', 'header', 'header:', 'cookie', 'title:x', '', 'body:/(/'])
    it(`${by === '' ? 'nothing' : by} is refused with what to give`, () => {
      assert.throws(() => parseBy(by), { code: 'commander.invalidArgument', message: /Give header:NAME/ })
    })

  it('takes what a field is called, for every field of an answer', () => {
    const fields = fieldsOf(answer)
    assert.deepEqual([...fields.keys()].sort(), [
      ...['body:host.id', 'body:host.name', 'body:list.0', 'cookie:SERVERID', 'header:x-served-by'],
    ])
    for (const [field, value] of fields) {
      assert.equal(readName(parseBy(field), answer), value)
      assert.equal(writeBy(parseBy(field)), field)
    }
  })
})
