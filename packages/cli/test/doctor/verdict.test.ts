import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Seen } from '#cli/doctor/seen'
import { verdictOf } from '#cli/doctor/verdict'
import { busy, slowly, thrice, used } from './used.js'

const reach = { idle: 90_000, requests: 2_000, duration: 90_000 }

const kept = {
  status: 200,
  server: undefined,
  connection: undefined,
  isKept: true,
  saidLast: false,
  hint: undefined,
}
const seen = (more: Partial<Seen>): Seen => ({ protocol: 'http/1', keepAlive: kept, failed: [], ...more })

const endless = thrice(used(2_000, undefined, 3_000))
const forEver = slowly(90_000, used(101, undefined, 90_000))
const after200 = thrice(used(200, 'said', 300))

const cases: readonly [name: string, seens: readonly Seen[], level: string, first: RegExp, second: RegExp][] =
  [
    [
      'each request has its own connection',
      [seen({ keepAlive: { ...kept, isKept: false, saidLast: true } })],
      'fine',
      /^Every request opens a connection/,
      /pays for a handshake/,
    ],
    [
      'connections end behind one request without a word',
      [seen({ keepAlive: { ...kept, isKept: false } })],
      'bad',
      /^Every request/,
      /does not say that it closes/,
    ],
    [
      'nothing ends a connection',
      [seen({ requests: endless, age: forEver })],
      'bad',
      /^Nothing ends a connection within 2000 requests or 90 s: /,
      /a server that is added gets next to none/,
    ],
    [
      'it was stopped within the requests',
      [seen({ requests: thrice(used(800, undefined, 900)) })],
      'unknown',
      /long enough/,
      /./,
    ],
    ['it was stopped before the age was known', [seen({ requests: endless })], 'unknown', /long enough/, /./],
    [
      'it was stopped within the age',
      [seen({ requests: endless, age: slowly(20_000, used(20, undefined, 20_000)) })],
      'unknown',
      /long enough/,
      /./,
    ],
    [
      '200 requests end a connection politely',
      [seen({ requests: after200, age: forEver })],
      'fine',
      /^A connection ends politely after at most 200 requests,/,
      /^At 10 requests per second on a connection that is every 20 s:/,
    ],
    [
      '60 s end a connection politely',
      [seen({ requests: endless, age: slowly(90_000, used(67, 'said', 60_300, 59_400)) })],
      'fine',
      /^A connection ends politely after at most 60 s,/,
      /^Load follows/,
    ],
    [
      '200 requests end a connection without a word',
      [seen({ requests: thrice(used(200, 'silent', 300)), age: forEver })],
      'bad',
      /^A connection ends after 200 requests,/,
      /without saying so first/,
    ],
    [
      'one of three connections got 503 like the others, and nothing ended one',
      [seen({ requests: [busy(9), ...endless.slice(1)], age: forEver })],
      'unknown',
      /^The server is busy or limits the rate/,
      /^Name another path/,
    ],
    [
      '200 requests make a connection refuse with 503',
      [seen({ requests: thrice(used(200, 'refused', 300)), age: forEver })],
      'bad',
      /^A connection gets only 503 after 200 requests,/,
      /^But no response says/,
    ],
    [
      'HTTP/1.1 has a limit and HTTP/2 has none',
      [
        seen({ requests: after200, age: forEver }),
        seen({ protocol: 'http/2', requests: endless, age: forEver }),
      ],
      'bad',
      /^Nothing ends a connection/,
      /./,
    ],
  ]

describe('the verdict', () => {
  for (const [name, seens, level, first, second] of cases) {
    it(`is ${level} where ${name}`, () => {
      const verdict = verdictOf(seens, reach)
      assert.equal(verdict.level, level)
      assert.match(verdict.sentences[0], first)
      assert.match(verdict.sentences[1], second)
    })
  }
})
