import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { OneOfMany } from './one-of-many.js'

describe('what bounds shedding', () => {
  it('a member that is alone sheds nothing, however its load grows while an answer is late', () => {
    const one = new OneOfMany()
    one.others = { load: 0, weight: 0, members: 0 }
    for (let i = 0; i < 30; i++) one.open(10)
    one.now += 1_000
    for (const connection of one.tracker) connection.requests += 1
    const told = one.member.measure(one.now)
    one.now += 1_000
    for (const connection of one.tracker) connection.requests += 100
    one.member.measure(one.now)
    assert.deepEqual(one.member.decide({ ...told, members: 1 }, one.now, told), [])
  })

  it('an answer to an earlier report is taken for what it is', () => {
    const one = new OneOfMany()
    for (let i = 0; i < 10; i++) one.open(100)
    one.others = { load: 1_000, weight: 1, members: 1 }
    one.ticks(20)
    const told = one.member.measure(one.now)
    for (let i = 0; i < 10; i++) one.open(100)
    one.ticks(3)
    one.now += 1_000
    for (const connection of one.tracker) connection.requests += connection.transport
    const { load } = one.member.measure(one.now)
    one.member.decide({ load: told.load + 1_000, weight: 2, members: 2 }, one.now, told)
    assert.equal(Math.round(one.member.status.total), Math.round(load + 1_000))
  })

  it('connections that were shed in a dry run count again when it is over, and can be shed', () => {
    const one = new OneOfMany()
    for (let i = 0; i < 10; i++) one.open(100)
    one.others = { load: 0, weight: 1, members: 1 }
    assert.ok(one.ticks(60).length >= 4)
    assert.equal(one.member.status.state, 'even')
    one.member.restore()
    one.tick()
    assert.equal(Math.round(one.member.status.load), 1_000)
    assert.ok(one.ticks(60).length >= 4)
  })

  it('a connection that carries more than a fair share is called an elephant while others are shed', () => {
    const one = new OneOfMany()
    one.open(700)
    for (let i = 0; i < 20; i++) one.open(20)
    one.others = { load: 100, weight: 1, members: 1 }
    const shed = one.ticks(10)
    assert.ok(shed.length > 0)
    assert.equal(one.member.status.state, 'elephant')
  })
})
