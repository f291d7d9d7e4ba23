import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outcome, ways } from './program.js'

const wholeNumber = 'give a whole number of 1 or more, or Infinity for no limit'
const milliseconds =
  'give milliseconds above 0 and up to 2147483647, a time such as 65s or 5m, or Infinity for no limit'
const fraction = 'give a number from 0 to below 1'

/** Variable, value, cure. */
const mistakes = [
  ['MAX_REQUESTS_PER_CONNECTION', '0', wholeNumber],
  ['MAX_REQUESTS_PER_CONNECTION', '1.5', wholeNumber],
  ['MAX_REQUESTS_PER_CONNECTION', 'many', wholeNumber],
  ['MAX_CONNECTION_AGE', '-5m', milliseconds],
  ['MAX_CONNECTION_AGE_GRACE', '5 parsecs', milliseconds],
  ['IDLE_TIMEOUT', '30 days', milliseconds],
  ['JITTER', '1', fraction],
  ['TUNE_TIMEOUTS', 'yes', 'give true or false'],
  ['MAX_REQUESTS', '200', 'did you mean EVENKEEL_MAX_REQUESTS_PER_CONNECTION?'],
  ['MAX_CONECTION_AGE', '5m', 'did you mean EVENKEEL_MAX_CONNECTION_AGE?'],
  ['FLEET_WIEGHT', '2', 'did you mean EVENKEEL_FLEET_WEIGHT?'],
  ['MAX_CONNECTION_AGE', '300', 'did you mean 300s? Otherwise give 300ms'],
  ['IDLE_TIMEOUT', '65', 'did you mean 65s? Otherwise give 65ms'],
  ['CLOCK', '1', 'unset it, or use one of EVENKEEL_MAX_REQUESTS_PER_CONNECTION, '],
] as const

describe('a mistake in the environment ends the program before it starts', () => {
  for (const way of ways) {
    // Both ways read the variables with the same function: one mistake shows that an error ends either.
    for (const [name, value, cure] of way === 'import' ? mistakes : mistakes.slice(0, 1)) {
      it(`EVENKEEL_${name}=${value} by --${way}: exit code 1, and the variable, the value and the cure`, async () => {
        const { code, stdout, stderr } = await outcome('plain.js', { way, options: { [name]: value } })
        assert.equal(code, 1)
        assert.equal(stdout, '')
        const message = stderr.split('\n').find((line) => line.startsWith('OptionError: ')) ?? stderr
        assert.ok(message.includes(`EVENKEEL_${name} `), message)
        assert.ok(message.includes(`"${value}"`), message)
        assert.ok(message.includes(cure), message)
      })
    }
  }
})
