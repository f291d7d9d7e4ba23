import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Candidate, candidates } from '#cli/plan/candidate'
import type { Numbers } from '#cli/plan/numbers'
import { scale } from '#cli/plan/scale'
import { type Row, simulate } from '#cli/plan/simulate'
import { few } from './numbers.js'

function rowOf(kind: Candidate['kind'], numbers: Numbers): Row {
  const candidate = candidates(numbers, { maxAge: [30_000] }).find((each) => each.kind === kind)
  assert.ok(candidate)
  const simulation = simulate(candidate, scale(numbers), numbers)
  for (;;) {
    const { done, value } = simulation.next()
    if (done) return value
  }
}

function near(value: number, expected: number, part: number): void {
  assert.ok(Math.abs(value / expected - 1) <= part, `${value}, not ${expected}`)
}

describe('a row of the plan for 200 connections', () => {
  it('never is even without a limit, with every life without an end', () => {
    const { evenAfter, newShare, reconnectsPerSecond, life } = rowOf('none', few)
    assert.deepEqual([evenAfter, newShare, reconnectsPerSecond], [Infinity, 0, 0])
    assert.deepEqual(life, { p50: Infinity, p99: Infinity, byFormula: Infinity })
  })

  it('has a CPU share of reconnects by handshake and server: 7.4 a second at 1 ms on 4 servers are 0.18 %', () => {
    const { reconnectsPerSecond, cpuShare } = rowOf('age', { ...few, handshake: 1 })
    near(reconnectsPerSecond, 200 / 27.2, 0.1)
    assert.equal(cpuShare, reconnectsPerSecond / 4 / 1_000)
  })

  it('has 27 s and 30 s as p50 and p99 of a life up to 30 s', () => {
    const { life } = rowOf('age', few)
    near(life.p50, 27_200, 0.02)
    near(life.p99, 30_300, 0.02)
  })

  it('has lives of up to an hour in a fleet, whose limits rest', () => {
    const { life } = rowOf('fleet', few)
    assert.equal(life.byFormula, 3_240_000)
    near(life.p99, 3_590_000, 0.01)
  })
})

describe('a row of the plan for 1,000,000 connections to 500 servers that become 1,000', () => {
  it('has the reconnects of all of them, simulated on 6,000: 36,800 a second with an age of 30 s', () => {
    const { reconnectsPerSecond, reconnectsPerSecondAtMost } = rowOf('age', {
      ...{ ...few, servers: 500, to: 1_000, connections: 1_000_000, clients: 1_000_000, rate: 2_000_000 },
    })
    near(reconnectsPerSecond, 1_000_000 / 27.5, 0.03)
    assert.ok(reconnectsPerSecondAtMost > reconnectsPerSecond)
  })
})
