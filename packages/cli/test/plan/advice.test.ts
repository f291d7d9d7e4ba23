import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Candidate, candidates } from '#cli/plan/candidate'
import { recommend } from '#cli/plan/recommend'
import type { Row } from '#cli/plan/simulate'
import { few } from './numbers.js'

const all = candidates(few, { maxRequests: [50, 200], maxAge: [120_000] })

function row(kind: Candidate['kind'], figures: Partial<Row>, place = 0): Row {
  const candidate = all.filter((each) => each.kind === kind)[place]
  assert.ok(candidate)
  return {
    ...{ candidate, evenAfter: 30_000, newShare: 1, hottestOverMean: 1.2, cpuShare: 0.001 },
    ...{ reconnectsPerSecond: 10, reconnectsPerSecondAtMost: 12, reconnectsUntilEven: 300 },
    life: { p50: 1, p99: 1, byFormula: 1 },
    ...figures,
  }
}

const fifty = row('requests', { reconnectsPerSecond: 40, evenAfter: 10_000 })
const twoHundred = row('requests', {}, 1)

describe('advice for what must be even within 60 s', () => {
  it('is the limit with the fewest reconnects of those that are in time', () => {
    const late = row('defaults', { reconnectsPerSecond: 1, evenAfter: 61_000 })
    const { row: taken, why } = recommend(
      [row('none', { evenAfter: Infinity }), fifty, twoHundred, late],
      few,
    )
    assert.equal(taken, twoHundred)
    assert.match(why, /10 a second, 0\.1 % of each server's CPU/)
  })

  it('is a fleet where it leaves the hottest server cooler by a tenth, and the best limit beside it', () => {
    const fleet = row('fleet', { hottestOverMean: 1.09, reconnectsPerSecond: 0.5 })
    const { row: taken, second, why } = recommend([fifty, twoHundred, fleet], few)
    assert.deepEqual([taken, second], [fleet, twoHundred])
    assert.match(
      why,
      /at 1\.09 of the mean, for 0\.5 reconnects a second from then on; with a limit of 200 requests it would be 1\.20 and 10/,
    )
  })

  it('is no fleet where it is hardly cooler: it needs a store', () => {
    const fleet = row('fleet', { hottestOverMean: 1.15 })
    assert.equal(recommend([twoHundred, fleet], few).row, twoHundred)
  })

  it('is a fleet where reconnects cost 1 % of the CPU', () => {
    const fleet = row('fleet', { hottestOverMean: 1.15 })
    const dear = row('requests', { cpuShare: 0.01 })
    assert.equal(recommend([dear, fleet], few).row, fleet)
  })

  it('is none where nothing is in time, and says what comes closest', () => {
    const late = row('requests', { evenAfter: 90_000 })
    const never = row('fleet', { evenAfter: Infinity, newShare: 0.7 })
    const { row: taken, why } = recommend([never, late], few)
    assert.equal(taken, undefined)
    assert.match(
      why,
      /^Nothing here is even within 60 s; a limit of 50 requests comes closest and takes 90 s: try a lower --max-requests/,
    )
  })
})

describe('what is tried for 5 requests a second on each connection', () => {
  it('are 100 and 200 requests, ages, the defaults and a fleet, between no limit and nothing', () => {
    assert.deepEqual(
      candidates(few).map(({ name }) => name),
      ['no limit', '100 requests', '200 requests', 'age 30s', 'age 2m', 'the defaults', 'a fleet'],
    )
  })

  it('are others where they are given, each once', () => {
    const wishes = { maxRequests: [1, 300, 300], maxAge: [45_000, 90_500] }
    assert.deepEqual(
      candidates(few, wishes).map(({ name }) => name),
      ['no limit', '1 request', '300 requests', 'age 45s', 'age 90500ms', 'the defaults', 'a fleet'],
    )
  })

  it('are 10 requests at least, however slow a connection is', () => {
    assert.ok(candidates({ ...few, rate: 1 }).some(({ name }) => name === '10 requests'))
  })
})
