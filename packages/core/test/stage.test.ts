import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Connection, leadsTo, parseOptions, type Stage, stages, Tracker } from '@evenkeel/core'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import fc from 'fast-check'

function tracking() {
  const limits = parseOptions({}, { clock: new FakeClock(), random: Math.random })
  return new Tracker<undefined>(limits, { report: assert.ifError })
}

/** As a caller does that the compiler has not checked. */
type AnyMove = (connection: Connection<undefined>, from: Stage, to: Stage) => boolean

/** The shortest way from `open` to a stage. */
const ways: Readonly<Record<Exclude<Stage, 'open' | 'closed'>, readonly Stage[]>> = {
  last: ['last'],
  marked: ['last', 'marked'],
  reading: ['last', 'marked', 'reading'],
  waiting: ['last', 'marked', 'reading', 'waiting'],
  upgraded: ['upgraded'],
}

describe('the stage of a connection', () => {
  for (const [stage, way] of Object.entries(ways)) {
    it(`becomes ${stage} by ${way.length} of the moves, and is closed from there`, () => {
      const tracker = tracking()
      const connection = tracker.open('a', undefined, undefined, 0)
      const move = tracker.move.bind(tracker) as AnyMove
      for (const to of way) {
        assert.ok(leadsTo(connection.stage, to))
        assert.ok(move(connection, connection.stage, to))
      }
      assert.equal(connection.stage, stage)
      tracker.close(connection, 'client', 0)
      assert.deepEqual([connection.stage, connection.state], ['closed', 'closed'])
    })
  }

  it('does not change by a move from a stage in which it is not', () => {
    const tracker = tracking()
    const connection = tracker.open('a', undefined, undefined, 0)
    assert.equal(tracker.move(connection, 'last', 'marked'), false)
    assert.equal(connection.stage, 'open')
    assert.equal(tracker.move(connection, 'open', 'upgraded'), true)
    assert.equal(tracker.move(connection, 'open', 'marked'), false, 'a tunnel is never marked')
    assert.equal(connection.stage, 'upgraded')
  })

  it('does not become last in a dry run, which hinders no other move', () => {
    const tracker = tracking()
    const [one, other, third] = ['a', 'b', 'c'].map((key) => tracker.open(key, undefined, undefined, 0))
    assert.ok(one && other && third)
    assert.equal(tracker.move(other, 'open', 'last'), true)
    tracker.rehearse(true, 0)
    assert.equal(tracker.move(one, 'open', 'last'), false)
    assert.equal(one.stage, 'open')
    assert.equal(tracker.move(other, 'last', 'marked'), true)
    assert.equal(tracker.move(third, 'open', 'upgraded'), true)
    tracker.rehearse(false, 0)
    assert.equal(tracker.move(one, 'open', 'last'), true)
  })

  it('takes no move that does not compile', () => {
    const tracker = tracking()
    const connection = tracker.open('a', undefined, undefined, 0)
    // @ts-expect-error: what carries another protocol has no last response.
    assert.equal(tracker.move(connection, 'upgraded', 'marked'), false)
    // @ts-expect-error: to close is more than a move.
    assert.throws(() => tracker.move(connection, 'open', 'closed'))
    // @ts-expect-error: nothing comes back.
    assert.throws(() => tracker.move(connection, 'open', 'waiting'))
    assert.equal(connection.stage, 'open')
  })

  it('goes only along its moves, and nothing leaves closed, in any order of calls', () => {
    const step = fc.record({
      what: fc.constantFrom('move', 'begin', 'finish', 'retire', 'close', 'forget', 'rehearse'),
      from: fc.constantFrom(...stages),
      to: fc.constantFrom(...stages),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const tracker = tracking()
        const connection = tracker.open('a', undefined, undefined, 0)
        for (const { what, from, to } of steps) {
          const before = connection.stage
          const open = before !== 'closed'
          if (what === 'move' && leadsTo(from, to)) {
            const moved = (tracker.move.bind(tracker) as AnyMove)(connection, from, to)
            const isTaken = before === from && !(to === 'last' && tracker.dryRun)
            assert.deepEqual([moved, connection.stage], isTaken ? [true, to] : [false, before])
          } else if (what === 'begin' && open) tracker.begin(connection)
          else if (what === 'finish' && open) tracker.finish(connection, 0)
          else if (what === 'retire') tracker.retire(connection, 'manual', 0)
          else if (what === 'close') tracker.close(connection, 'client', 0)
          else if (what === 'forget' && open) tracker.forget(connection)
          else if (what === 'rehearse') tracker.rehearse(!tracker.dryRun, 0)
          assert.ok([before, 'closed'].includes(connection.stage) || leadsTo(before, connection.stage))
          assert.equal(tracker.table.size, connection.stage === 'closed' ? 0 : 1)
        }
      }),
    )
  })
})
