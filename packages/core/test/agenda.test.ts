import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Agenda } from '@evenkeel/core'
import fc from 'fast-check'

describe('agenda', () => {
  it('gives each entry once, never early and at most a period late', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000)), fc.array(fc.nat(5_000)), (times, steps) => {
        const agenda = new Agenda<number>(1_000)
        for (const at of times) agenda.add(at, at)
        const taken: number[] = []
        let now = 0
        for (const step of [...steps, 200_000]) {
          now += step
          for (const at of agenda.takeDue(now)) {
            assert.ok(at <= now, `${at} at ${now}`)
            taken.push(at)
          }
          assert.equal(agenda.size, times.length - taken.length)
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
    const agenda = new Agenda<string>(1_000)
    const [cancel] = [agenda.add(500, 'a'), agenda.add(500, 'b')]
    cancel?.()
    cancel?.()
    assert.equal(agenda.size, 1)
    assert.deepEqual(agenda.takeDue(1_000), ['b'])
    cancel?.()
    agenda.add(700, 'c')
    cancel?.()
    agenda.clear()
    assert.equal(agenda.size, 0)
  })
})
