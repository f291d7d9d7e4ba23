import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Member, parseMemberOptions } from '@evenkeel/core'
import { type ScaledOut, type ScaleOut, scaleOut } from '#cli/simulation/index'

/** 5 servers that become 10, with 1,000 equal clients of 5 requests a second each. */
const usual: ScaleOut = {
  ...{ seed: 1, balancer: 'random', limits: { maxRequestsPerConnection: 200 } },
  ...{ connections: 1_000, clients: 1_000, rate: 5_000, skew: 0, pace: 'random', isFresh: false },
  ...{ servers: 5, to: 10, step: 0.5, scaleAt: 20, within: 60, rest: 10, span: 30, spans: 1 },
}

const newRule: ScaleOut['newRule'] = (_, now) => new Member(parseMemberOptions({}), now)
const atRest = { maxRequestsPerConnection: Infinity, maxConnectionAge: 3_600_000 }

function near(value: number, expected: number, part: number): void {
  assert.ok(Math.abs(value / expected - 1) <= part, `${value}, not ${expected}`)
}

describe('5 servers that become 10, with 5,000 requests a second on 1,000 connections', () => {
  it('and no limit leave the new ones at 0', () => {
    const { evenAfter, newShare, hottest, reconnectsPerSecond } = scaleOut({
      ...usual,
      limits: { maxRequestsPerConnection: Infinity, maxConnectionAge: Infinity },
    })
    assert.deepEqual([evenAfter, newShare, reconnectsPerSecond], [Infinity, 0, 0])
    assert.ok(hottest >= 2, `${hottest}`)
  })

  // The limit is 180.5 on average. A new server has what has reconnected: four fifths after four fifths of a life.
  it('and a limit of 200 requests are even after 29 s, for 27.7 reconnects a second', () => {
    const { evenAfter, newShare, hottest, reconnectsPerSecond } = scaleOut(usual)
    near(evenAfter, (0.8 * 180.5) / 5, 0.1)
    near(reconnectsPerSecond, 5_000 / 180.5, 0.05)
    near(newShare, 1, 0.1)
    assert.ok(hottest > 1.02 && hottest < 1.35, `${hottest}`)
  })

  it('have as many reconnects where clients are unequal: a busy one has more, a quiet one fewer', () => {
    near(scaleOut({ ...usual, skew: 1, spans: 4 }).reconnectsPerSecond, 5_000 / 180.5, 0.1)
  })

  it('and an age of 30 s are even after 21.6 s, for 37 reconnects a second', () => {
    const { evenAfter, reconnectsPerSecond } = scaleOut({ ...usual, limits: { maxConnectionAge: 30_000 } })
    near(evenAfter, 0.8 * 27, 0.1)
    near(reconnectsPerSecond, 1_000 / 27.2, 0.05)
  })

  it('and a fleet settle below 1.1 of the mean, for at most 1 reconnect a second from then on', () => {
    const { evenAfter, hottest, reconnectsPerSecond } = scaleOut({
      ...{ ...usual, skew: 1, limits: atRest, newRule, step: 1, rest: 120 },
    })
    assert.ok(evenAfter < 60, `${evenAfter}`)
    assert.ok(hottest < 1.1, `${hottest}`)
    assert.ok(reconnectsPerSecond < 1, `${reconnectsPerSecond}`)
  })

  it('fill at once behind least connections: they get everything that reconnects', () => {
    const { evenAfter } = scaleOut({ ...usual, balancer: 'least connections' })
    near(evenAfter, (0.4 * 180.5) / 5, 0.15)
  })

  it('and one request on each connection have as many reconnects as requests', () => {
    const limits = { maxRequestsPerConnection: 1 }
    const { evenAfter, reconnectsPerSecond } = scaleOut({ ...usual, limits, rate: 1_000, span: 5, rest: 0 })
    assert.ok(evenAfter < 3, `${evenAfter}`)
    near(reconnectsPerSecond, 1_000, 0.05)
  })

  it('come out the same for the same seed, and otherwise for another', () => {
    const first: ScaledOut = scaleOut(usual)
    assert.deepEqual(scaleOut(usual), first)
    assert.notDeepEqual(scaleOut({ ...usual, seed: 2 }), first)
  })
})
