import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { OneOfMany } from './one-of-many.js'

/** Opens 50 connections of 10 requests per second each. */
function load(one: OneOfMany): void {
  for (let connection = 0; connection < 50; connection++) one.open(10)
}

/** A member beside these others, whose load has just doubled. */
function doubled(others: OneOfMany['others']): OneOfMany {
  const one = new OneOfMany()
  one.others = others
  load(one)
  one.ticks(20)
  load(one)
  return one
}

describe('a load of 500 that has become 1,000', () => {
  it('counts one interval later, when the others can have told of theirs', () => {
    const one = doubled({ load: 49_500, weight: 99, members: 99 })
    assert.equal(one.tick().length, 0)
    assert.ok(one.tick().length > 0)
  })

  it('is not above its share where all others tell the same within an interval', () => {
    const one = doubled({ load: 49_500, weight: 99, members: 99 })
    one.tick()
    one.others = { load: 99_000, weight: 99, members: 99 }
    assert.equal(one.ticks(20).length, 0)
  })

  it('is not above its share where half of 4 members have died, whose last reports count for 3 intervals', () => {
    const one = doubled({ load: 1_500, weight: 3, members: 3 })
    one.others = { load: 2_000, weight: 3, members: 3 }
    assert.equal(one.ticks(3).length, 0)
    one.others = { load: 1_000, weight: 1, members: 1 }
    assert.equal(one.ticks(20).length, 0)
  })

  it('is above its share 4 intervals after the fleet has grown by half, if it is still', () => {
    const one = doubled({ load: 1_500, weight: 3, members: 3 })
    one.others = { load: 2_000, weight: 3, members: 3 }
    assert.equal(one.ticks(3).length, 0)
    assert.ok(one.ticks(1).length > 0)
  })

  it('counts at once where it is as it was and members have come', () => {
    const one = new OneOfMany()
    one.others = { load: 500, weight: 1, members: 1 }
    load(one)
    one.ticks(20)
    one.others = { load: 500, weight: 3, members: 3 }
    assert.ok(one.tick().length > 0)
  })
})
