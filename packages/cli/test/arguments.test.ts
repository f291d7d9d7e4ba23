import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { count, duration, number, url } from '#cli/command/arguments'

type Case = readonly [text: string, value: number | RegExp]

function reads(read: (text: string) => number, cases: readonly Case[]): void {
  for (const [text, value] of cases) {
    if (typeof value === 'number') it(`reads ${text} as ${value}`, () => assert.equal(read(text), value))
    else it(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => read(text), { message: value }))
  }
}

describe('a duration from 100ms to 10m', () => {
  const cure = /^Give a duration with its unit, such as 250ms, 90s or 6m, from 100ms to 10m\.$/
  reads(duration({ min: 100, max: 600_000 }), [
    ['90s', 90_000],
    ['6m', 360_000],
    ['100ms', 100],
    ['10m', 600_000],
    ['1.5 s', 1_500],
    ['99ms', cure],
    ['11m', cure],
    ['90', cure],
    ['-5s', cure],
    ['soon', cure],
    ['', cure],
    [`${'9'.repeat(200)}s`, cure],
  ])
})

describe('a count from 1 to 100', () => {
  const cure = /^Give a whole number, from 1 to 100\.$/
  reads(count({ max: 100 }), [
    ['1', 1],
    ['100', 100],
    ['0', cure],
    ['101', cure],
    ['-1', cure],
    ['1.5', cure],
    ['1e1', cure],
    ['', cure],
    ['many', cure],
  ])
})

describe('a number from 0 to 2', () => {
  const cure = /^Give a number, from 0 to 2\.$/
  reads(number({ min: 0, max: 2 }), [
    ['0', 0],
    ['.5', 0.5],
    ['1.25', 1.25],
    ['2.01', cure],
    ['-1', cure],
    ['0x1', cure],
    ['', cure],
  ])
})

describe('an address', () => {
  it('is read with its path', () =>
    assert.equal(url('http://127.0.0.1:8080/a?b').href, 'http://127.0.0.1:8080/a?b'))
  for (const text of ['127.0.0.1:8080', 'localhost', 'ftp://localhost', '']) {
    it(`is none without http:// or https://: ${JSON.stringify(text)}`, () =>
      assert.throws(() => url(text), { message: 'Give an address that begins with http:// or https://.' }))
  }
})
