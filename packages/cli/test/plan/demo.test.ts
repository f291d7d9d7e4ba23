import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Member, parseMemberOptions } from '@evenkeel/core'
import { lives, type ScaledOut, type ScaleOut, scaleOut } from '#cli/simulation/index'
import { measured } from './demo-figures.js'

/** Enough that the mean of what is simulated is hardly chance. */
const seeds = 10

const connections = 400
const crowd = { connections, clients: connections, skew: 0, pace: 'regular', isFresh: true } as const
const unlimited = { maxRequestsPerConnection: Infinity, maxConnectionAge: 3_600_000 }

interface Run {
  readonly rate: number
  readonly scaleAt: number
  readonly judged: number
}

/** The demo's run: its clients, its warm-up, its judged part. */
function simulated(
  { rate, scaleAt, judged: span }: Run,
  parts: Pick<ScaleOut, 'limits' | 'rest'> & Partial<ScaleOut>,
): ScaledOut[] {
  return Array.from({ length: seeds }, (_, seed) =>
    scaleOut({
      ...{ ...crowd, rate, servers: 10, to: 20, scaleAt, seed: seed + 1, balancer: 'random', step: 0.5 },
      ...{ within: 120, span, spans: 1, ...parts },
    }),
  )
}

function near(figure: number, outcomes: readonly ScaledOut[], pick: (outcome: ScaledOut) => number): void {
  nearOne(figure, outcomes.reduce((sum, outcome) => sum + pick(outcome), 0) / outcomes.length)
}

function nearOne(figure: number, value: number): void {
  assert.ok(Math.abs(value / figure - 1) <= 0.1, `${value}, and ${figure} in the demo`)
}

describe('the simulation has what the demo measured, within 10 %', () => {
  it('without a limit: the hottest over the mean, and nothing for the new servers', () => {
    const outcomes = simulated(measured.without, { limits: unlimited, within: 5, rest: 0 })
    near(measured.without.hottest, outcomes, ({ hottest }) => hottest)
    assert.ok(outcomes.every(({ newShare }) => newShare === measured.without.newShare))
  })

  // Not the seconds until even: all clients of the demo begin at once, and a limit has them reconnect in step for a while.
  it('with a limit of 100 requests: hottest, reconnects a second, p50 and p99 of a life', () => {
    const { rate, maxRequests, hottest, newShare, reconnectsPerSecond, life } = measured.limit
    const limits = { maxRequestsPerConnection: maxRequests }
    const outcomes = simulated(measured.limit, { limits, rest: 20, spans: 3 })
    near(hottest, outcomes, (outcome) => outcome.hottest)
    near(newShare, outcomes, (outcome) => outcome.newShare)
    near(reconnectsPerSecond, outcomes, (outcome) => outcome.reconnectsPerSecond)
    const found = lives({ ...crowd, rate }, limits, 1, 600_000).sort((a, b) => a - b)
    nearOne(life.p50, (found[connections * 0.5] ?? 0) / 1_000)
    nearOne(life.p99, (found[connections * 0.99] ?? 0) / 1_000)
  })

  it('with a fleet: seconds until even, hottest, reconnects until then', () => {
    const { evenAfter, hottest, newShare, reconnectsUntilEven } = measured.fleet
    const newRule: ScaleOut['newRule'] = (_, now) => new Member(parseMemberOptions({}), now)
    const outcomes = simulated(measured.fleet, { limits: unlimited, newRule, rest: 5 })
    near(evenAfter, outcomes, (outcome) => outcome.evenAfter)
    near(hottest, outcomes, (outcome) => outcome.hottest)
    near(newShare, outcomes, (outcome) => outcome.newShare)
    near(reconnectsUntilEven, outcomes, (outcome) => outcome.reconnectsUntilEven)
  })
})
