import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { attach } from '@evenkeel/node'

// No public name: it is part of `@evenkeel/node/auto`.
const {
  optionsFrom,
  variables,
}: typeof import('../src/options/environment.js') = require('../../dist/options/environment.js')

const wholeNumber = 'give a whole number of 1 or more, or Infinity for no limit'
const milliseconds =
  'give milliseconds above 0 and up to 2147483647, a time such as 65s or 5m, or Infinity for no limit'
const fraction = 'give a number from 0 to below 1'

const nowhere = { join: () => undefined }

describe('options from the environment', () => {
  it('have a variable for every option but clock and random, which no text can express', () => {
    const options = Object.keys(attach(createServer()).limits)
    const expressible = options.filter((name) => name !== 'clock' && name !== 'random')
    const names = expressible.map(
      (name) => `EVENKEEL_${name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}`,
    )
    const ofServer = variables.filter((variable) => !variable.startsWith('EVENKEEL_FLEET_'))
    assert.deepEqual(ofServer.sort(), names.sort())
  })

  it('have a variable for every option of a fleet but its store, which EVENKEEL_FLEET is', () => {
    const opened: unknown[] = []
    const { fleet } = optionsFrom(
      {
        EVENKEEL_FLEET: 'redis://localhost',
        EVENKEEL_FLEET_GROUP: '7',
        EVENKEEL_FLEET_MEASURE: 'utilization',
        EVENKEEL_FLEET_WEIGHT: '2.5',
        EVENKEEL_FLEET_SLOW_START: '30s',
        EVENKEEL_FLEET_TOLERANCE: '0.1',
        EVENKEEL_FLEET_WINDOW: '10s',
        EVENKEEL_FLEET_INTERVAL: '500',
      },
      () =>
        (...fleet) => {
          opened.push(...fleet)
          return nowhere
        },
    )
    assert.equal(fleet, nowhere)
    assert.deepEqual(opened, [
      'redis://localhost',
      {
        ...{ group: '7', measure: 'utilization', weight: 2.5, slowStart: 30_000, tolerance: 0.1 },
        ...{ window: 10_000, interval: 500 },
      },
    ])
    assert.equal(variables.filter((variable) => variable.startsWith('EVENKEEL_FLEET_')).length, 7)
  })

  it('load no fleet where no variable asks for one', () => {
    const load = (): never => assert.fail()
    assert.deepEqual(optionsFrom({ EVENKEEL_FLEET: '', EVENKEEL_JITTER: '0' }, load), { jitter: 0 })
  })

  it('are none where no variable of ours is set, or is empty', () => {
    assert.deepEqual(optionsFrom({}), {})
    assert.deepEqual(optionsFrom({ PATH: '/bin', evenkeel_jitter: '7', EVENKEELS: '7' }), {})
    assert.deepEqual(optionsFrom({ EVENKEEL_JITTER: '', EVENKEEL_EXEMPT: '', EVENKEEL_NONE: '' }), {})
    assert.deepEqual(optionsFrom({ EVENKEEL_JITTER: undefined }), {})
  })

  it('are numbers and flags', () => {
    assert.deepEqual(
      optionsFrom({
        EVENKEEL_MAX_REQUESTS_PER_CONNECTION: '200',
        EVENKEEL_JITTER: '0',
        EVENKEEL_TUNE_TIMEOUTS: 'false',
      }),
      { maxRequestsPerConnection: 200, jitter: 0, tuneTimeouts: false },
    )
    assert.deepEqual(
      optionsFrom({
        EVENKEEL_MAX_REQUESTS_PER_CONNECTION: 'Infinity',
        EVENKEEL_JITTER: ' 0.25 ',
        EVENKEEL_TUNE_TIMEOUTS: 'true',
      }),
      { maxRequestsPerConnection: Infinity, jitter: 0.25, tuneTimeouts: true },
    )
  })

  for (const [text, expected] of [
    ['65000', 65_000],
    ['250ms', 250],
    ['65s', 65_000],
    ['65 seconds', 65_000],
    ['1.5m', 90_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['Infinity', Infinity],
  ] as const) {
    it(`are durations: ${text} is ${expected} ms`, () => {
      assert.deepEqual(
        optionsFrom({
          EVENKEEL_MAX_CONNECTION_AGE: text,
          EVENKEEL_MAX_CONNECTION_AGE_GRACE: text,
          EVENKEEL_IDLE_TIMEOUT: text,
        }),
        { maxConnectionAge: expected, maxConnectionAgeGrace: expected, idleTimeout: expected },
      )
    })
  }

  it('exempt the listed paths, with any query, and no other', () => {
    const { exempt } = optionsFrom({ EVENKEEL_EXEMPT: '/health, /ready' })
    const asked = ['/health', '/ready', '/ready?a=1', '/', '/health/', '/healthy', '/?/health', '']
    const exempted = asked.filter((url) => exempt?.({ method: 'GET', url, headers: {} }))
    assert.deepEqual(exempted, ['/health', '/ready', '/ready?a=1'])
  })

  for (const [variable, text, cure] of [
    ['EVENKEEL_MAX_REQUESTS_PER_CONNECTION', '0', wholeNumber],
    ['EVENKEEL_MAX_REQUESTS_PER_CONNECTION', '-1', wholeNumber],
    ['EVENKEEL_MAX_REQUESTS_PER_CONNECTION', '1.5', wholeNumber],
    ['EVENKEEL_MAX_REQUESTS_PER_CONNECTION', '5m', wholeNumber],
    ['EVENKEEL_MAX_REQUESTS_PER_CONNECTION', ' ', wholeNumber],
    ['EVENKEEL_MAX_CONNECTION_AGE', '0', milliseconds],
    ['EVENKEEL_MAX_CONNECTION_AGE', '-5m', milliseconds],
    ['EVENKEEL_MAX_CONNECTION_AGE', '30d', milliseconds],
    ['EVENKEEL_MAX_CONNECTION_AGE_GRACE', 'soon', milliseconds],
    ['EVENKEEL_IDLE_TIMEOUT', ' ', milliseconds],
    ['EVENKEEL_IDLE_TIMEOUT', 'NaN', milliseconds],
    ['EVENKEEL_IDLE_TIMEOUT', '5'.repeat(101), milliseconds],
    ['EVENKEEL_JITTER', '1', fraction],
    ['EVENKEEL_JITTER', '20%', fraction],
    ['EVENKEEL_EXEMPT', '/health,ready', 'give paths that begin with /, separated by commas'],
    ['EVENKEEL_TUNE_TIMEOUTS', 'yes', 'give true or false'],
    ['EVENKEEL_TUNE_TIMEOUTS', '1', 'give true or false'],
  ] as const) {
    it(`refuse ${variable}=${JSON.stringify(text)} by name and value, and say what to give`, () => {
      assertRefused(variable, text, '', cure)
    })
  }

  for (const name of ['MAX_CONNECTION_AGE', 'MAX_CONNECTION_AGE_GRACE', 'IDLE_TIMEOUT']) {
    for (const text of ['1', '65', '300', ' 999 ', '0.5']) {
      it(`ask whether seconds are meant: ${name}=${JSON.stringify(text)}`, () => {
        const variable = `EVENKEEL_${name}`
        const cure = `did you mean ${text.trim()}s? Otherwise give ${text.trim()}ms`
        assertRefused(variable, text, ', which is milliseconds', cure)
      })
    }
  }

  it('ask nothing where a unit is given, or milliseconds make sense: 300ms, 0.3s, 1000, a quiet guard of 5', () => {
    for (const [text, expected] of [
      ['300ms', 300],
      ['0.3s', 300],
      ['1000', 1_000],
    ] as const) {
      assert.deepEqual(optionsFrom({ EVENKEEL_MAX_CONNECTION_AGE: text }), { maxConnectionAge: expected })
    }
    assert.deepEqual(optionsFrom({ EVENKEEL_QUIET_GUARD: '5' }), { quietGuard: 5 })
  })

  it('hide a password in the value of a variable that is none of ours', () => {
    assert.throws(() => optionsFrom({ EVENKEEL_FLET: 'redis://me:secret@host' }), {
      message:
        'EVENKEEL_FLET ("redis://***@host") is not a variable of Even Keel: did you mean EVENKEEL_FLEET?',
      value: 'redis://***@host',
    })
  })

  it('leave alone what Kubernetes sets for a service of that name', () => {
    const injected = [
      'SERVICE_HOST',
      'SERVICE_PORT',
      'SERVICE_PORT_HTTP',
      'PORT',
      'PORT_80_TCP',
      'PORT_80_TCP_ADDR',
    ]
    for (const name of injected) {
      assert.deepEqual(optionsFrom({ [`EVENKEEL_${name}`]: 'tcp://10.0.0.1:80' }), {})
      assert.deepEqual(optionsFrom({ [`EVENKEEL_DEMO_${name}`]: 'tcp://10.0.0.1:80' }), {})
    }
  })

  for (const variable of ['EVENKEEL_ROTATION', 'EVENKEEL_CLOCK', 'EVENKEEL_', 'EVENKEEL_constructor']) {
    it(`refuse ${variable}, which is none of ours, and name those that are`, () => {
      assert.throws(() => optionsFrom({ [variable]: '1' }), {
        code: 'ERR_EVENKEEL_OPTION_UNKNOWN',
        option: variable,
        value: '1',
        message: `${variable} ("1") is not a variable of Even Keel: unset it, or use one of ${variables.join(', ')}`,
      })
    })
  }
})

function assertRefused(variable: string, text: string, why: string, cure: string): void {
  assert.throws(() => optionsFrom({ [variable]: text }), {
    name: 'OptionError',
    code: 'ERR_EVENKEEL_OPTION_INVALID',
    option: variable,
    value: text,
    cure,
    message: `${variable} is ${JSON.stringify(text)}${why}: ${cure}`,
  })
}
