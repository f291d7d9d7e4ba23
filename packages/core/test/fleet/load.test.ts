import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Member, parseMemberOptions } from '@evenkeel/core'
import { OneOfMany } from './one-of-many.js'

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= Math.abs(expected) * 0.001, `${actual} is not ${expected}`)
}

describe('the load of a member', () => {
  it('is 50 requests per second after one reading of a connection that sends 50', () => {
    const one = new OneOfMany()
    one.open(50)
    one.tick()
    near(one.member.status.load, 50)
    one.ticks(30)
    near(one.member.status.load, 50)
  })

  it('does not count what connections had served before they were adopted', () => {
    const one = new OneOfMany()
    const connection = one.tracker.open('10.0.0.1', undefined, 50, 0)
    connection.requests = 1_000_000
    one.member.adopt(connection, 0)
    one.tick()
    near(one.member.status.load, 50)
  })

  it('is known after one reading of a connection that was adopted at an age of an hour', () => {
    const one = new OneOfMany()
    one.now = 3_600_000
    const connection = one.tracker.open('10.0.0.1', undefined, 50, 0)
    const member = new Member(parseMemberOptions({}), one.now)
    member.adopt(connection, one.now)
    connection.requests += 50
    near(member.measure(one.now + 1_000).load, 50)
  })

  it('goes on when the clock is set back by ten minutes', () => {
    const one = new OneOfMany()
    one.now = 1_000_000
    one.open(100)
    one.ticks(20)
    one.now -= 600_000
    one.ticks(20)
    // The interval of the jump has no length, and its requests count for the next.
    assert.ok(Math.abs(one.member.status.load - 100) < 5)
  })

  it('falls to a 20th within 30 seconds of a window of 10 when its clients have left', () => {
    const one = new OneOfMany({ window: 10_000 })
    const connection = one.open(100)
    one.ticks(100)
    one.tracker.close(connection, 'client', one.now)
    one.ticks(1)
    near(one.member.status.load, 100 * Math.exp(-0.1))
    one.ticks(29)
    near(one.member.status.load, 100 * Math.exp(-3))
  })

  it('is less at once by what was retired', () => {
    const one = new OneOfMany()
    const [first] = [one.open(100), one.open(20)]
    one.ticks(50)
    one.end([first as NonNullable<typeof first>])
    one.tick()
    near(one.member.status.load, 20)
  })

  it('counts what was shed as gone before its client is, though it reports that', () => {
    const one = new OneOfMany()
    for (let i = 0; i < 10; i++) one.open(100)
    one.others = { load: 100, weight: 1, members: 1 }
    const shed = one.tick()
    // About a third of the surplus of 450.
    assert.equal(shed.length, 2)
    one.tick()
    near(one.member.status.load, 800)
    near(one.member.status.total, 1_100)
  })

  it('is the utilization where that is the measure, and connections have their part by requests', () => {
    const one = new OneOfMany()
    for (let i = 0; i < 10; i++) one.open(100)
    one.utilization = 0.8
    one.others = { load: 0.2, weight: 1, members: 1 }
    const shed = one.tick()
    near(one.member.status.load, 0.8)
    near(one.member.status.fair, 0.5)
    // Each is 0.08, and about a third of the surplus of 0.3 leaves.
    assert.equal(shed.length, 2)
    one.tick()
    near(one.member.status.load, 0.64)
  })
})

describe('the fair share', () => {
  it('of a member with weight 2 is two thirds beside one with weight 1', () => {
    const one = new OneOfMany({ weight: 2 })
    one.others = { load: 500, weight: 1, members: 1 }
    one.open(1_000)
    one.ticks(10)
    near(one.member.status.fair, 1_000)
    assert.equal(one.member.status.state, 'even')
  })

  it('of a new member grows from a tenth to the whole within a slow start of 60 seconds', () => {
    const one = new OneOfMany({ slowStart: 60_000 })
    assert.equal(one.member.status.weight, 0.1)
    one.ticks(30)
    near(one.member.status.weight, 0.5)
    one.ticks(30)
    assert.equal(one.member.status.weight, 1)
  })
})
