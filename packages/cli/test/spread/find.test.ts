import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seeded } from '@evenkeel/test-kit/seeded'
import fc from 'fast-check'
import { findName, type Given } from '#cli/spread/names/find'

interface Setting {
  readonly servers: number
  readonly layer: 4 | 7
  readonly seed: number
}

const setting = fc.record<Setting>({
  servers: fc.integer({ min: 2, max: 6 }),
  layer: fc.constantFrom(4, 7),
  seed: fc.nat(),
})

/** 60 connections with an answer each, and then 2 more on each. What servers say besides differs in many ways. */
function answers(
  { servers, layer, seed }: Setting,
  name: (server: number) => Record<string, string>,
): Given[] {
  const random = seeded(seed)
  const any = (): number => Math.floor(random() * servers)
  const own = Array.from({ length: 60 }, any)
  const requests = new Array<number>(servers).fill(0)
  return [0, 1, 2].flatMap((round) =>
    own.map((mine, connection) => {
      const server = layer === 4 ? mine : any()
      const count = (requests[server] ?? 0) + 1
      requests[server] = count
      const second = Math.floor((round * 60 + connection) / 70)
      const fields = {
        'header:date': `Sat, 21 Nov 2026 10:00:0${second} GMT`,
        'header:etag': `"${server}"`,
        'header:content-length': String(100 + (count % 3)),
        'header:x-response-time': `${Math.floor(random() * 4)}ms`,
        'header:x-id': random().toString(36),
        'header:keep-alive': `timeout=5, max=${100 - round}`,
        'cookie:sid': random().toString(36),
        'body:served': String(count),
        'body:clock': `10:00:0${second}`,
        'body:port': String(40_000 + connection),
        'body:left': String(3 - round),
        'body:client': '127.0.0.2',
        'header:content-type': 'text/plain',
        ...name(server),
      }
      return { connection, fields: new Map(Object.entries(fields)) }
    }),
  )
}

const check = (is: (setting: Setting) => void): void =>
  fc.assert(fc.property(setting, is), { numRuns: 100, seed: 1 })

describe('the field that tells servers apart', () => {
  for (const field of ['header:x-whatever', 'cookie:SERVERID', 'body:who.am-i', 'body'])
    it(`is ${field}, among dates, sizes, counters, ids of requests, sessions and connections`, () =>
      check((each) => {
        assert.equal(findName(answers(each, (server) => ({ [field]: `name ${server}` }))), field)
      }))

  it('is none, where servers do not name themselves', () =>
    check((each) => assert.equal(findName(answers(each, () => ({}))), undefined)))

  it('is the usual one of several', () =>
    check((each) => {
      const names = (server: number) => ({
        'header:a': `${server}`,
        'body:zone': `${server % 2}`,
        'header:x-served-by': `${server}`,
      })
      assert.equal(findName(answers(each, names)), 'header:x-served-by')
    }))

  it('is a usual one that is the same in all answers, where 1 server answers', () => {
    const given = answers({ servers: 1, layer: 4, seed: 1 }, () => ({ 'header:x-served-by': 'one' }))
    assert.equal(findName(given), 'header:x-served-by')
  })

  it('is not the address of the client, which servers repeat', () => {
    const given = [0, 1, 2, 0, 1, 2, 1, 0, 2, 1, 0, 2].map((from, connection) => ({
      connection,
      fields: new Map([['header:x-from', `127.0.0.${from}`]]),
    }))
    assert.equal(findName(given), 'header:x-from')
    assert.equal(findName(given, ['127.0.0.0', '127.0.0.1', '127.0.0.2']), undefined)
  })
})
