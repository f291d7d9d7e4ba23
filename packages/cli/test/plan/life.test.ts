import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Options, parseOptions } from '@evenkeel/core'
import { lifeByFormula } from '#cli/plan/life'
import type { Numbers } from '#cli/plan/numbers'
import { lives } from '#cli/simulation/index'
import { few } from './numbers.js'

const unlimited = { maxRequestsPerConnection: Infinity, maxConnectionAge: Infinity }

/** The median of 10,000 simulated lives, and the formula, in seconds. */
function both(numbers: Numbers, options: Options): { simulated: number; formula: number } {
  const { connections, rate } = numbers
  const crowd = { ...numbers, connections: 10_000, clients: 10_000, rate: (rate / connections) * 10_000 }
  const found = lives({ ...crowd, isFresh: true }, options, 1, 7_200_000).sort((a, b) => a - b)
  const limits = parseOptions(options, { clock: { now: () => 0 }, random: () => 0 })
  return { simulated: (found[5_000] ?? 0) / 1_000, formula: lifeByFormula(numbers, limits) / 1_000 }
}

describe('the median life of a connection, simulated, is that of the formula', () => {
  const cases: readonly (readonly [
    name: string,
    numbers: Partial<Numbers>,
    options: Options,
    seconds: number,
  ])[] = [
    ['200 requests at 5 a second: 36 s', {}, { maxRequestsPerConnection: 200 }, 36],
    ['the same in regular pauses', { pace: 'regular' }, { maxRequestsPerConnection: 200 }, 36],
    ['without jitter: 40 s', {}, { maxRequestsPerConnection: 200, jitter: 0 }, 40],
    ['50 clients with 4 connections each: 36 s too', { clients: 50 }, { maxRequestsPerConnection: 200 }, 36],
    ['4 times the rate: 9 s', { rate: 4_000 }, { maxRequestsPerConnection: 200 }, 9],
    [
      'a skew of 1, where the median client is slower: 59 s',
      { skew: 1 },
      { maxRequestsPerConnection: 200 },
      59.36,
    ],
    ['an age of 30 s, less jitter: 27 s', {}, { maxConnectionAge: 30_000 }, 27],
  ]
  for (const [name, numbers, options, seconds] of cases) {
    it(`${name}, within 3 %`, () => {
      const { simulated, formula } = both({ ...few, ...numbers }, { ...unlimited, ...options })
      assert.ok(Math.abs(formula - seconds) < 0.01, `${formula}`)
      assert.ok(Math.abs(simulated / formula - 1) < 0.03, `${simulated} and ${formula}`)
    })
  }

  it('is none without a limit', () => {
    const { simulated, formula } = both(few, unlimited)
    assert.deepEqual([simulated, formula], [Infinity, Infinity])
  })
})

describe('a connection without a limit, whose client sends a request every 100 s', () => {
  it('ends for its idle timeout of 65 s', () => {
    const slow = { ...few, connections: 500, clients: 500, rate: 5, isFresh: true }
    const found = lives(slow, { ...unlimited, idleTimeout: 65_000 }, 1, 7_200_000)
    // Half of the pauses are longer than 69 s: at every second one it ends.
    assert.ok(found.filter((life) => life >= 65_000 && life < 7_200_000).length > 490)
  })
})
