import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Connection, fleetStates, Member, parseMemberOptions } from '@evenkeel/core'
import { OneOfMany } from './one-of-many.js'

/** One of ten, with 50 connections of 20 requests per second: twice its fair share. */
function hotOne(): OneOfMany {
  const one = new OneOfMany()
  one.others = { load: 4_000, weight: 9, members: 9 }
  for (let i = 0; i < 50; i++) one.open(20)
  return one
}

/** They open again here, the first one if there are others, 100 milliseconds later. */
function comeBack(one: OneOfMany, shed: readonly Connection<number>[], address?: string): void {
  one.end(shed)
  one.now += 100
  for (const connection of shed) one.open(connection.transport, address ?? connection.address)
  one.now -= 100
}

describe('the state of a member', () => {
  it('is one of seven, and joining before it has heard of its fleet', () => {
    assert.equal(fleetStates.length, 7)
    const one = new OneOfMany()
    one.member.measure(1_000)
    assert.equal(one.member.status.state, 'joining')
  })

  it('is sticky when 4 connections of ten servers have come back one after the other', () => {
    const one = hotOne()
    let shed = 0
    while (one.member.status.state !== 'sticky') {
      const chosen = one.tick()
      shed += chosen.length
      assert.ok(shed <= 5)
      comeBack(one, chosen)
    }
    assert.ok(shed >= 4)
    assert.equal(one.member.status.returned, shed)
    // It rests for a minute, and then sheds a single one.
    assert.deepEqual(one.ticks(59), [])
    comeBack(one, one.ticks(2))
    assert.equal(one.member.status.shed, shed + 1)
    // That came back too: two minutes of rest.
    assert.deepEqual(one.ticks(118), [])
  })

  it('is shedding again after a rest when the balancer does not send them back any more', () => {
    const one = hotOne()
    while (one.member.status.state !== 'sticky') comeBack(one, one.tick())
    for (let i = 0; i < 120; i++) one.end(one.tick())
    assert.equal(one.member.status.state, 'even')
  })

  it('is never sticky while what it sheds goes away', () => {
    const one = hotOne()
    for (let i = 0; i < 120; i++) {
      one.end(one.tick())
      assert.notEqual(one.member.status.state, 'sticky')
    }
    assert.equal(one.member.status.state, 'even')
  })

  it('is sticky when all clients have one address, and as much load as it has was shed in vain', () => {
    const one = new OneOfMany()
    one.others = { load: 4_000, weight: 9, members: 9 }
    for (let i = 0; i < 50; i++) one.open(20, 'balancer')
    let ticks = 0
    while (one.member.status.state !== 'sticky') {
      comeBack(one, one.tick(), 'balancer')
      assert.ok(++ticks < 120)
    }
    assert.equal(one.member.status.returned, 0)
    assert.ok(one.member.status.shed >= 50)
  })

  it('is elephant when for 5 intervals its only connection carries more than the surplus', () => {
    const one = new OneOfMany()
    one.others = { load: 200, weight: 1, members: 1 }
    one.open(900)
    assert.deepEqual(one.ticks(4), [])
    assert.equal(one.member.status.state, 'shedding')
    assert.deepEqual(one.ticks(20), [])
    assert.equal(one.member.status.state, 'elephant')
  })

  it('is alone when for 2 minutes no other has reported', () => {
    const one = new OneOfMany()
    one.others = { load: 0, weight: 0, members: 0 }
    one.open(100)
    one.ticks(119)
    assert.equal(one.member.status.state, 'even')
    one.tick()
    assert.equal(one.member.status.state, 'alone')
    one.others = { load: 100, weight: 1, members: 1 }
    one.tick()
    assert.equal(one.member.status.state, 'even')
  })

  it('is unreachable when its store is lost, until it hears of it again', () => {
    const one = new OneOfMany()
    one.open(10)
    one.tick()
    one.member.lost()
    assert.equal(one.member.status.state, 'unreachable')
    one.tick()
    assert.equal(one.member.status.state, 'even')
  })

  it('stays even when nothing is known of anybody, without a weight and without a request', () => {
    const member = new Member(parseMemberOptions({}), 0)
    member.measure(1_000)
    assert.deepEqual(member.decide({ load: 0, weight: 0, members: 0 }, 1_000), [])
    assert.equal(member.status.state, 'even')
  })
})

describe('a dry run of a member', () => {
  it('chooses each of 50 connections once, though all of them stay', () => {
    const one = hotOne()
    const chosen = one.ticks(300)
    assert.equal(new Set(chosen).size, chosen.length)
    assert.equal(one.member.status.state, 'even')
  })
})
