import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Deadlines } from '@evenkeel/core'
import fc from 'fast-check'

describe('deadlines', () => {
  it('gives each entry once, never early and at most a period late', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000)), fc.array(fc.nat(5_000)), (times, steps) => {
        const deadlines = new Deadlines<number>(1_000)
        for (const at of times) deadlines.add(at, at)
        const taken: number[] = []
        let now = 0
        for (const step of [...steps, 200_000]) {
          now += step
          for (const at of deadlines.takeDue(now)) {
            assert.ok(at <= now, `${at} at ${now}`)
            taken.push(at)
          }
          assert.equal(deadlines.size, times.length - taken.length)
          for (const at of times) assert.ok(at > now - 1_000 || taken.includes(at), `${at} is late at ${now}`)
        }
        assert.deepEqual(
          taken.toSorted((a, b) => a - b),
          times.toSorted((a, b) => a - b),
        )
      }),
    )
  })

  it('forgets what is taken back, however often', () => {
    const deadlines = new Deadlines<string>(1_000)
    const [cancel] = [deadlines.add(500, 'a'), deadlines.add(500, 'b')]
    cancel?.()
    cancel?.()
    assert.equal(deadlines.size, 1)
    assert.deepEqual(deadlines.takeDue(1_000), ['b'])
    cancel?.()
    deadlines.add(700, 'c')
    cancel?.()
    deadlines.clear()
    assert.equal(deadlines.size, 0)
  })
})
