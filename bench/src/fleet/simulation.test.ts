import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { run } from './run.js'
import { few, usual } from './scenarios.js'

/** The same in less time: 5 servers, then 10. */
const small = { ...usual, before: 5, after: 10, clients: 500, scaleAt: 40, seconds: 200 }

describe('a fleet of 5 servers that becomes one of 10, with 500 unequal clients', () => {
  for (const balancer of ['random', 'round robin'] as const) {
    it(`settles below 1.1 of the mean behind ${balancer}, for less than 0.6 reconnects a connection`, () => {
      for (const seed of [1, 2, 3]) {
        const { hottest, perConnection, perSecondAndThousand, verdicts } = run({ ...small, balancer, seed })
        assert.ok(hottest < 1.1, `${hottest}`)
        assert.ok(perConnection < 0.6, `${perConnection}`)
        assert.ok(perSecondAndThousand < 1, `${perSecondAndThousand}`)
        assert.equal(verdicts, 0)
      }
    })
  }

  for (const balancer of ['hash, modulo', 'hash, consistent', 'affinity'] as const) {
    it(`finds out that shedding is in vain behind ${balancer}, for less than 0.15 reconnects a connection`, () => {
      const { perConnection, perSecond, sticky } = run({ ...small, balancer })
      assert.ok(perConnection < 0.15, `${perConnection}`)
      assert.ok(perSecond < 0.1, `${perSecond}`)
      assert.equal(sticky, 5)
    })
  }

  it('settles below 1.15 of the mean with a fifth of all reports lost and the rest up to 2 seconds late', () => {
    const weather = { missed: 0.1, lost: 0.2, delay: 2_000 }
    const { hottest, perConnection } = run({ ...small, weather })
    assert.ok(hottest < 1.15, `${hottest}`)
    assert.ok(perConnection < 0.8, `${perConnection}`)
  })

  it('comes out the same for the same seed, and otherwise for another', () => {
    const first = run({ ...small, seconds: 100 })
    assert.deepEqual(run({ ...small, seconds: 100 }), first)
    assert.notDeepEqual(run({ ...small, seconds: 100, seed: 2 }), first)
  })
})

describe('64 unequal clients on 2 servers that become 4', () => {
  it('are below 1.25 of the mean within 15 seconds, and settle for no more than 126 connections in all', () => {
    const { below, reconnects, perSecond, hottest } = run(few)
    assert.ok(below <= 15, `${below}`)
    assert.ok(64 + reconnects <= 126, `${reconnects}`)
    assert.ok(perSecond <= 0.3, `${perSecond}`)
    assert.ok(hottest <= 1.08, `${hottest}`)
  })
})
