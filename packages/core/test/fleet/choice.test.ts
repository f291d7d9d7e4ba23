import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Connection } from '@evenkeel/core'
import fc from 'fast-check'
import { OneOfMany } from './one-of-many.js'

/** Rates that differ by less are equal to the rule. */
const step = 2 ** (1 / 8)

function sum(connections: readonly Connection<number>[]): number {
  return connections.reduce((total, { transport }) => total + transport, 0)
}

const rates = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400 })), {
  minLength: 1,
  maxLength: 60,
})

describe('the connections that leave a member', () => {
  it('are never idle, none twice, none heavier than the surplus, and no more than it in all', () => {
    fc.assert(
      fc.property(
        rates,
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 1, max: 30 }),
        (all, load, ticks) => {
          const one = new OneOfMany()
          one.others.load = load
          for (const rate of all) one.open(rate)
          const left = new Set<Connection<number>>()
          for (let i = 0; i < ticks; i++) {
            const shed = one.tick()
            const { surplus } = one.member.status
            assert.ok(shed.length === 0 || sum(shed) <= surplus * 1.000_001)
            for (const connection of shed) {
              assert.ok(connection.transport > 0 && connection.transport <= surplus * 1.000_001)
              assert.ok(!left.has(connection))
              left.add(connection)
            }
            // Some go at once, and of some the last response takes longer.
            one.end(shed.filter((_, index) => index % 2 === 0))
          }
          assert.equal(one.member.status.shed, left.size)
        },
      ),
    )
  })

  it('are the heaviest that fit', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 5_000 }), (all, load) => {
        const one = new OneOfMany()
        one.others.load = load
        for (const rate of all) one.open(rate)
        const [first] = one.tick()
        if (first === undefined) return
        const fitting = all.filter((rate) => rate <= one.member.status.surplus)
        assert.ok(first.transport * step * 1.000_001 >= Math.max(...fitting))
      }),
    )
  })

  it('are two of 300 requests per second where the surplus of 1,000 is 600 and others send 10 each', () => {
    const one = new OneOfMany()
    one.others = { load: 2_200, weight: 7, members: 7 }
    for (let i = 0; i < 2; i++) one.open(300)
    for (let i = 0; i < 40; i++) one.open(10)
    // A fair share is 400. Half of the surplus leaves at a time: one of the heavy ones, then the other.
    assert.deepEqual(
      one.tick().map(({ transport }) => transport),
      [300],
    )
    assert.equal(Math.round(one.member.status.surplus), 600)
  })

  it('are none of 20 while all servers have twice what they had', () => {
    const one = new OneOfMany()
    const connections = Array.from({ length: 20 }, () => one.open(50))
    one.others = { load: 9_000, weight: 9, members: 9 }
    assert.deepEqual(one.ticks(20), [])
    for (const connection of connections) connection.transport = 100
    one.others.load = 18_000
    assert.deepEqual(one.ticks(20), [])
    assert.equal(one.member.status.state, 'even')
  })

  it('are no more than an allowance of a tenth of the load at 30 requests each', () => {
    const one = new OneOfMany()
    // 1,000 requests per second earn 3.3 connections a second, saved up for 2 seconds.
    for (let i = 0; i < 1_000; i++) one.open(1)
    one.others = { load: 0, weight: 9, members: 9 }
    for (let i = 0; i < 30; i++) assert.ok(one.tick().length <= 6)
    assert.ok(one.member.status.shed <= 2 * 3.4 + 30 * 3.4)
    assert.ok(one.member.status.shed > 50)
  })
})
