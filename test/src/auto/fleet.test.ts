import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outcome, ways } from './program.js'
import type { FleetLine } from './programs/fleet.js'

const address = 'give redis://host:6379, rediss://host:6379 or cluster'
const cluster = { FLEET: 'cluster' }

/** Variables, the one that is to blame, how its value is shown, cure. */
const mistakes = [
  [{ FLEET: 'here' }, 'FLEET', '"here"', address],
  [{ FLEET: 'http://localhost' }, 'FLEET', '"http://localhost"', address],
  [{ FLEET: 'redsi://:a/secret@localhost' }, 'FLEET', '"redsi://***@localhost"', address],
  [{ FLEET: 'redis://:secret@localhost/x' }, 'FLEET', '"redis://***@localhost/x"', 'give a URL such as'],
  [{ ...cluster, FLEET_GROUP: 'a b' }, 'FLEET_GROUP', '"a b"', 'give a name of up to 100 letters'],
  [{ ...cluster, FLEET_WEIGHT: '0' }, 'FLEET_WEIGHT', '"0"', 'give a number above 0'],
  [{ ...cluster, FLEET_SLOW_START: 'soon' }, 'FLEET_SLOW_START', '"soon"', 'give milliseconds from 0 up to'],
  [{ ...cluster, FLEET_TOLERANCE: '5%' }, 'FLEET_TOLERANCE', '"5%"', 'give a number of 0 or more'],
  [{ ...cluster, FLEET_MEASURE: 'cpu' }, 'FLEET_MEASURE', '"cpu"', 'give one of requests, utilization'],
  [{ ...cluster, FLEET_WINDOW: '0' }, 'FLEET_WINDOW', '"0"', 'give milliseconds above 0 and up to'],
  [{ ...cluster, FLEET_INTERVAL: '-1s' }, 'FLEET_INTERVAL', '"-1s"', 'give milliseconds above 0 and up to'],
  [
    { ...cluster, FLEET_SLOW_START: '30' },
    'FLEET_SLOW_START',
    '"30"',
    'did you mean 30s? Otherwise give 30ms',
  ],
  [{ ...cluster, FLEET_WINDOW: '10' }, 'FLEET_WINDOW', '"10"', 'did you mean 10s? Otherwise give 10ms'],
  [{ ...cluster, FLEET_INTERVAL: '2' }, 'FLEET_INTERVAL', '"2"', 'did you mean 2s? Otherwise give 2ms'],
  [{ FLEET: 'clutser' }, 'FLEET', '"clutser"', 'did you mean cluster?'],
  [{ ...cluster, FLEET_MEASURE: 'request' }, 'FLEET_MEASURE', '"request"', 'did you mean requests?'],
  [{ FLET: 'redis://:secret@localhost' }, 'FLET', '"redis://***@localhost"', 'did you mean EVENKEEL_FLEET?'],
  [{ ...cluster, FLEET_SIZE: '3' }, 'FLEET_SIZE', '"3"', 'unset it, or use one of '],
  [{ FLEET_GROUP: 'web' }, 'FLEET_GROUP', '"web"', 'set EVENKEEL_FLEET to redis://host:6379, '],
  [{ FLEET: '', FLEET_WEIGHT: '2' }, 'FLEET_WEIGHT', '"2"', 'or unset EVENKEEL_FLEET_WEIGHT'],
] as const

describe('a fleet from the environment', () => {
  for (const way of ways) {
    it(`by --${way}: a single process is a fleet of 1, keeps the usual limits, and ends when its server has closed`, async () => {
      const options = { ...cluster, FLEET_INTERVAL: '500ms', FLEET_WEIGHT: '2', FLEET_SLOW_START: '0' }
      const { code, stdout, stderr } = await outcome('fleet.js', { way, options })
      assert.equal(stderr, '')
      assert.equal(code, 0)
      const { status, maxConnectionAge } = JSON.parse(stdout) as FleetLine
      assert.equal(status.state, 'even')
      assert.equal(status.members, 1)
      assert.equal(status.weight, 2)
      assert.equal(maxConnectionAge, 300_000)
    })

    // Both ways read the variables with the same function: one mistake shows that an error ends either.
    for (const [options, name, value, cure] of way === 'import' ? mistakes : mistakes.slice(0, 1)) {
      const given = Object.entries(options).map((pair) => pair.join('='))
      it(`by --${way} with ${given.join(' ')} ends the program: the variable, the value and the cure`, async () => {
        const { code, stdout, stderr } = await outcome('plain.js', { way, options })
        assert.equal(code, 1)
        assert.equal(stdout, '')
        const message = stderr.split('\n').find((line) => line.startsWith('OptionError: ')) ?? stderr
        for (const part of [`EVENKEEL_${name} `, value, cure]) assert.ok(message.includes(part), message)
        assert.doesNotMatch(stderr, /secret/)
      })
    }
  }
})
