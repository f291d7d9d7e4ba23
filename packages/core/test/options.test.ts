import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defaults, OptionError, parseOptions } from '@evenkeel/core'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'

const environment = { clock: new FakeClock(), random: Math.random }
const parse = (options: object) => parseOptions(options, environment)

describe('options', () => {
  it('fills in every default and freezes the result', () => {
    const limits = parse({})
    assert.deepEqual(limits, { ...defaults, ...environment })
    assert.ok(Object.isFrozen(limits))
  })

  it('takes what is given, and undefined as not given', () => {
    const limits = parse({ maxRequestsPerConnection: 200, jitter: undefined, idleTimeout: Infinity })
    assert.equal(limits.maxRequestsPerConnection, 200)
    assert.equal(limits.jitter, 0.2)
    assert.equal(limits.idleTimeout, Infinity)
  })

  it('leaves the given object as it was', () => {
    const given = { maxConnectionAge: 1000 }
    parse(given)
    assert.deepEqual(given, { maxConnectionAge: 1000 })
  })

  const durations = ['maxConnectionAge', 'maxConnectionAgeGrace', 'idleTimeout', 'quietGuard']
  const counts = ['maxRequestsPerConnection', 'maxConnections']
  const flags = ['tuneTimeouts', 'fairEviction']
  const bad: readonly (readonly [option: string, values: readonly unknown[], cure: RegExp])[] = [
    ...counts.map(
      (option) =>
        [
          option,
          [0, -1, 1.5, NaN, -Infinity, 2 ** 60, '200', null, true],
          /whole number of 1 or more/,
        ] as const,
    ),
    ...durations.map(
      (option) => [option, [0, -1, NaN, -Infinity, 2 ** 31, '5m', null], /milliseconds above 0/] as const,
    ),
    ['jitter', [-0.1, 1, 2, NaN, Infinity, '0.2', null], /from 0 to below 1/],
    ...flags.map((option) => [option, [0, 1, 'true', null], /true or false/] as const),
    ['exempt', ['/health', null, {}], /function \(request\) => boolean/],
    ['clock', [Date.now, {}, null, 5], /object whose method now\(\)/],
    ['random', [0.5, null], /function \(\) => number/],
  ]
  for (const [option, values, cure] of bad) {
    for (const value of values) {
      it(`refuses ${option}: ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`, () => {
        assert.throws(
          () => parse({ [option]: value }),
          (error) => {
            assert.ok(error instanceof OptionError)
            assert.equal(error.code, 'ERR_EVENKEEL_OPTION_INVALID')
            assert.equal(error.option, option)
            assert.equal(error.value, value)
            assert.ok(error.message.startsWith(`${option} is `), error.message)
            assert.match(error.message, cure)
            return true
          },
        )
      })
    }
  }

  it('names the option, the value and the cure in one sentence', () => {
    assert.throws(() => parse({ maxRequestsPerConnection: 0 }), {
      message: 'maxRequestsPerConnection is 0: give a whole number of 1 or more, or Infinity for no limit',
    })
  })

  it('refuses an unknown name and lists the known ones', () => {
    assert.throws(() => parse({ rotation: 5 }), {
      code: 'ERR_EVENKEEL_OPTION_UNKNOWN',
      option: 'rotation',
      message:
        'rotation (5) is not an option: remove it, or use one of maxRequestsPerConnection, ' +
        'maxConnectionAge, jitter, idleTimeout, clock, random, maxConnectionAgeGrace, ' +
        'maxConnections, fairEviction, quietGuard, tuneTimeouts, dryRun, exempt, fleet',
    })
    assert.throws(() => parse({ toString: 1 }), { code: 'ERR_EVENKEEL_OPTION_UNKNOWN' })
  })

  it('refuses what is no object', () => {
    for (const options of [null, 5, 'x', []]) {
      assert.throws(() => parse(options as never), { code: 'ERR_EVENKEEL_OPTION_INVALID', option: 'options' })
    }
  })
})
