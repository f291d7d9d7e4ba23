import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { inspect } from 'node:util'
import { attach, type HttpServer, shutdown } from '@evenkeel/node'
import { it } from '../wire/it.js'

/** What is refused, and what the message says of the value and of the cure. */
const drainOptions: readonly [string, unknown, RegExp][] = [
  ['within', 0, /^within is 0: give a number of milliseconds above 0/],
  ['within', '10s', /^within is "10s": give a number, not a string: milliseconds above 0/],
  ['within', Infinity, /^within is Infinity: give a number of milliseconds above 0 and up to \d+$/],
  ['quiet', Number.NaN, /^quiet is NaN: give a number of milliseconds above 0/],
  ['grace', -1, /^grace is -1: give a number of milliseconds from 0 .* or Infinity/],
]

const cases: readonly [string, readonly [string, unknown, RegExp][]][] = [
  [
    'drain',
    [
      ...drainOptions,
      ['fraction', 0, /^fraction is 0: give a number above 0 and up to 1$/],
      ['fraction', 1.5, /^fraction is 1.5: give a number above 0 and up to 1$/],
      ['signal', 'SIGTERM', /^signal is "SIGTERM": give an AbortSignal$/],
    ],
  ],
  [
    'shutdown',
    [
      ...drainOptions,
      ['delay', -1, /^delay is -1: give a number of milliseconds from 0/],
      ['delay', Infinity, /^delay is Infinity: give a number of milliseconds from 0/],
      ['signals', 'SIGTERM', /^signals is "SIGTERM": give a list of signals .* \['SIGTERM', 'SIGINT'\]$/],
      ['signals', ['SIGINT', 'SIGTRM'], /^signals\[1\] is "SIGTRM": did you mean SIGTERM\?$/],
      ['signals', ['TERM'], /^signals\[0\] is "TERM": did you mean SIGTERM\?$/],
      ['signals', ['sigint'], /^signals\[0\] is "sigint": did you mean SIGINT\?$/],
      [
        'signals',
        ['deploy'],
        /^signals\[0\] is "deploy": give signals that can be listened for, such as \['SIGTERM'/,
      ],
      ['signals', [15], /^signals\[0\] is 15: give signals that can be listened for, such as \['SIGTERM'/],
      ['signals', ['SIGTERM', 'SIGKILL'], /^signals\[1\] is "SIGKILL": give another one, such as 'SIGTERM'/],
    ],
  ],
]

for (const [name, options] of cases) {
  describe(`the options of ${name}`, () => {
    for (const [option, value, message] of options) {
      it(`refuse ${option} ${inspect(value)}, with the value and the cure`, () =>
        refused(name, { [option]: value }, { code: 'ERR_EVENKEEL_OPTION_INVALID', option, message }))
    }

    it('refuse a name that is none of them, and list those that are', () =>
      refused(
        name,
        { window: 5_000 },
        {
          code: 'ERR_EVENKEEL_OPTION_UNKNOWN',
          option: 'window',
          value: 5_000,
          message: /^window \(5000\) is not an option: remove it, or use one of within, quiet, grace, /,
        },
      ))

    it('refuse a name that is nearly one of them, and ask for that one', () =>
      refused(
        name,
        { wihtin: 5_000 },
        {
          code: 'ERR_EVENKEEL_OPTION_UNKNOWN',
          option: 'wihtin',
          cure: 'did you mean within?',
          message: 'wihtin (5000) is not an option: did you mean within?',
        },
      ))

    for (const value of [null, 5, 'fast']) {
      it(`refuse ${JSON.stringify(value)} for an object`, () =>
        refused(name, value, {
          code: 'ERR_EVENKEEL_OPTION_INVALID',
          message: `options is ${JSON.stringify(value)}: give an object such as { within: 10_000 }`,
        }))
    }
  })
}

describe('shutdown', () => {
  it('refuses a fraction, which belongs to a drain', () =>
    refused('shutdown', { fraction: 0.5 }, { code: 'ERR_EVENKEEL_OPTION_UNKNOWN', option: 'fraction' }))

  for (const target of [null, 5, {}, { server: 5, close: () => {} }] as unknown[]) {
    it(`refuses ${JSON.stringify(target)} for a server`, () =>
      assert.rejects(shutdown(target as HttpServer), {
        code: 'ERR_EVENKEEL_OPTION_INVALID',
        option: 'server',
        message: /which is no server of node:http, node:https or node:http2: give what createServer\(\)/,
      }))
  }
})

/** Refused, and nothing has begun: the server can be drained and shut down afterwards. */
async function refused(name: string, options: unknown, error: object): Promise<void> {
  const server = createServer()
  const keel = attach(server)
  const listeners = process.eventNames().length
  const refusal = name === 'drain' ? keel.drain(options as object) : shutdown(server, options as object)
  await assert.rejects(refusal, { name: 'OptionError', ...error })
  assert.equal(keel.ready, true)
  assert.equal(process.eventNames().length, listeners)
  assert.equal((await shutdown(server)).connections, 0)
}
