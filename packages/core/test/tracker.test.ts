import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Connection, type Event, parseOptions, type Reason, reasons, Tracker } from '@evenkeel/core'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import fc from 'fast-check'

function tracking(options: object = {}, random = Math.random) {
  const clock = new FakeClock()
  const tracker = new Tracker<string>(parseOptions(options, { clock, random }), {
    report: assert.ifError,
  })
  return { clock, tracker }
}

describe('tracker', () => {
  it('lets the first reason win', () => {
    const { tracker } = tracking()
    const connection = tracker.open('a', undefined, 'socket', 0)
    assert.equal(tracker.retire(connection, 'drain', 0), true)
    assert.equal(tracker.retire(connection, 'manual', 0), false)
    assert.equal(connection.retired, 'drain')
    assert.equal(tracker.decide(connection, 1e9), 'drain')
    assert.deepEqual(
      Object.entries(tracker.snapshot().totals.retired).filter(([, total]) => total > 0),
      [['drain', 1]],
    )
  })

  it('finds what was unused for long enough, the longest first, and looks at nothing in flight', () => {
    const { tracker } = tracking()
    const [used, busy] = [tracker.open('used', undefined, '', 0), tracker.open('busy', undefined, '', 1)]
    for (const time of [2, 3, 50]) tracker.open(`opened at ${time}`, undefined, '', time)
    tracker.begin(busy)
    tracker.begin(used)
    tracker.finish(used, 10)
    assert.deepEqual(
      [...tracker.table.unusedSince(10)].map(({ key }) => key),
      ['opened at 2', 'opened at 3'],
    )
    assert.deepEqual(
      [...tracker.table.unusedSince(50)].map(({ key }) => key),
      ['opened at 2', 'opened at 3', 'opened at 50', 'used'],
    )
  })

  it('patrols six connections in three calls, goes on behind those that left, and begins again', () => {
    const { tracker } = tracking()
    const [a, b, c] = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => tracker.open(key, undefined, '', 0))
    assert.ok(a && b && c)
    const keys = (calls: number) => tracker.table.patrol(calls).map(({ key }) => key)
    assert.deepEqual(keys(3), ['a', 'b'])
    tracker.close(b, 'client', 0)
    tracker.close(c, 'client', 0)
    assert.deepEqual(keys(3), ['d', 'e'])
    tracker.begin(a)
    assert.deepEqual(keys(3), ['f', 'a'], 'one of three idle, one of one that is busy')
    assert.deepEqual(keys(3), ['d', 'a'])
    for (const connection of [...tracker]) tracker.close(connection, 'client', 0)
    assert.deepEqual(keys(1), [])
  })

  it('holds its invariants over any order of events', () => {
    const step = fc.record({
      what: fc.constantFrom('open', 'request', 'respond', 'retire', 'upgrade', 'close', 'advance'),
      which: fc.nat(4),
      amount: fc.nat(2_000),
      reason: fc.constantFrom(...reasons),
    })
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 200 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.99, noNaN: true })),
        (steps, draws) => {
          const { clock, tracker } = tracking(
            { maxRequestsPerConnection: 5, maxConnectionAge: 10_000, jitter: 0.5 },
            () => Number(draws.next().value),
          )
          const closes = new Map<string, number>()
          const reasonOf = new Map<string, Reason>()
          const events: Event[] = []
          tracker.events.on('open', (event) => events.push(event))
          tracker.events.on('retire', (event) => {
            const { openedAt } = [...open.values()].find(({ key }) => key === event.connection.key) ?? {
              openedAt: -1,
            }
            const id = `${event.connection.key}@${openedAt}`
            assert.ok(!reasonOf.has(id), 'retired once')
            reasonOf.set(id, event.reason)
          })
          const idleTimes: number[] = []
          tracker.events.on('close', (event) => {
            closes.set(event.connection.key, (closes.get(event.connection.key) ?? 0) + 1)
            if (event.wasIdle) idleTimes.push(event.connection.idle)
          })
          const open = new Map<string, Connection<string>>()
          for (const { what, which, amount, reason } of steps) {
            const now = clock.now()
            const key = `192.0.2.1:${which}`
            const connection = open.get(key)
            if (what === 'advance') clock.advance(amount)
            else if (what === 'open' && connection === undefined)
              open.set(key, tracker.open(key, undefined, key, now))
            else if (connection === undefined) continue
            else if (what === 'request' && tracker.decide(connection, now) === undefined) {
              tracker.begin(connection)
              tracker.count(connection)
            } else if (what === 'respond') tracker.finish(connection, now)
            else if (what === 'retire') tracker.retire(connection, reason, now)
            else if (what === 'upgrade') tracker.move(connection, 'open', 'upgraded')
            else if (what === 'close') {
              tracker.close(connection, 'client', now)
              tracker.close(connection, 'client', now)
              open.delete(key)
            }
            for (const { requests, requestLimit, inFlight } of open.values()) {
              assert.ok(requests <= requestLimit, 'no connection serves more than it drew')
              assert.ok(requestLimit >= 3 && requestLimit <= 5)
              assert.ok(inFlight >= 0)
            }
            const { connections, totals } = tracker.snapshot()
            assert.equal(totals.opened - totals.closed, connections.total, 'opened - closed = tracked')
            assert.equal(connections.total, open.size)
            assert.equal(
              connections.new + connections.active + connections.idle + connections.upgraded,
              connections.total,
            )
          }
          const { totals, idleAtClose } = tracker.snapshot()
          assert.equal(events.length, totals.opened)
          assert.deepEqual(
            [idleTimes.length, idleTimes.reduce((sum, idle) => sum + idle, 0)],
            [idleAtClose.count, idleAtClose.sum],
            'the closes that say so are those that are counted as idle',
          )
          assert.equal(
            [...closes.values()].reduce((sum, count) => sum + count, 0),
            totals.closed,
            'one close event per close',
          )
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a table without order', () => {
  it('finds what was unused for long enough as one with order does, and is in order as soon as it has to be', () => {
    const step = fc.record({
      what: fc.constantFrom('open', 'begin', 'finish', 'retire', 'mark', 'upgrade', 'close', 'rehearse'),
      which: fc.nat(9),
      pause: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const trackers = [tracking().tracker, tracking().tracker] as const
        trackers[1].table.ordered = false
        let now = 0
        const act = (tracker: Tracker<string>, { what, which }: { what: string; which: number }): void => {
          const connection = [...tracker].find(({ key }) => key === String(which))
          if (what === 'rehearse') tracker.rehearse(!tracker.dryRun, now)
          else if (connection === undefined) {
            if (what === 'open') tracker.open(String(which), undefined, '', now)
          } else if (what === 'begin') tracker.begin(connection)
          else if (what === 'finish') tracker.finish(connection, now)
          else if (what === 'retire') tracker.retire(connection, 'manual', now)
          else if (what === 'mark') tracker.move(connection, 'open', 'last')
          else if (what === 'upgrade') tracker.move(connection, 'open', 'upgraded')
          else if (what === 'close') tracker.close(connection, 'client', now)
        }
        const unused = ({ table }: Tracker<string>, deadline: number): string[] =>
          [...table.unusedSince(deadline)].map(({ key }) => key).sort()
        for (const each of steps) {
          now += each.pause
          for (const tracker of trackers) act(tracker, each)
          assert.deepEqual(unused(trackers[1], now - 2), unused(trackers[0], now - 2))
          assert.equal(trackers[1].table.size, trackers[0].table.size)
        }
        trackers[1].table.ordered = true
        const times = [...trackers[1].table.unusedSince(now)].map(({ lastUsedAt }) => lastUsedAt)
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        )
      }),
    )
  })
})
