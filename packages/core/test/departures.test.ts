import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Connection, hasten, isAsleep, parseOptions, sample, spread, Tracker } from '@evenkeel/core'
import { seeded } from '@evenkeel/test-kit/seeded'
import fc from 'fast-check'

const limits = parseOptions({}, { clock: { now: () => 0 }, random: Math.random })

/** When the drain begins. */
const start = 1_000_000

/** What a connection has done by then: `pause` is the mean time between its requests. */
interface Past {
  readonly requests: number
  readonly pause: number
  readonly unused: number
  readonly doing?: 'idle' | 'active' | 'marked' | 'upgraded' | 'reading' | 'waiting'
}

let port = 0

function connectionWith({ requests, pause, unused, doing = 'idle' }: Past): Connection {
  const lastUsedAt = start - unused
  const openedAt = lastUsedAt - pause * Math.max(0, requests - 1)
  const connection = new Connection('192.0.2.1', ++port, undefined, limits, openedAt)
  Object.assign(connection, { requests, lastUsedAt })
  if (doing === 'active') connection.inFlight = 1
  else if (doing !== 'idle') connection.stage = doing
  return connection
}

const pasts: fc.Arbitrary<Past> = fc.record({
  requests: fc.nat(1_000),
  pause: fc.oneof(fc.nat(5_000), fc.nat(200_000)),
  unused: fc.oneof(fc.nat(5_000), fc.nat(200_000)),
  doing: fc.constantFrom('idle', 'idle', 'idle', 'active', 'marked', 'upgraded', 'reading', 'waiting'),
})

/** Draws that can be repeated. */
const randoms: fc.Arbitrary<() => number> = fc
  .array(fc.nat(999_999), { minLength: 1, maxLength: 50 })
  .map((values) => {
    let next = 0
    return () => (values[next++ % values.length] ?? 0) / 1_000_000
  })

const windows: fc.Arbitrary<{ readonly within: number; readonly quiet: number }> = fc.record({
  within: fc.integer({ min: 1, max: 100_000 }),
  quiet: fc.integer({ min: 1, max: 100_000 }),
})

/** How many of the instants are in each tenth of a window of 10 000 ms. */
function tenths(instants: readonly number[]): number[] {
  return Array.from(
    { length: 10 },
    (_, tenth) => instants.filter((at) => Math.floor((at - start) / 1_000) === tenth).length,
  )
}

describe('spread', () => {
  const random = seeded(1)

  it('gives each connection one moment in the first nine tenths of the window, in the order of time', () => {
    fc.assert(
      fc.property(fc.array(pasts, { maxLength: 60 }), windows, randoms, (past, window, random) => {
        const connections = past.map(connectionWith)
        const departures = spread(connections, start, window, random)
        assert.deepEqual(new Set(departures.map(({ connection }) => connection)), new Set(connections))
        assert.equal(departures.length, connections.length)
        let latest = start
        for (const { at } of departures) {
          assert.ok(at >= latest, `${at} behind ${latest}`)
          latest = at
        }
        assert.ok(latest <= start + 0.9 * window.within, `${latest - start} of ${window.within}`)
      }),
      { numRuns: 1_000 },
    )
  })

  it('lets those that are asleep go by how long they were unused, the longest first, evenly', () => {
    fc.assert(
      fc.property(fc.array(pasts, { maxLength: 60 }), windows, randoms, (past, window, random) => {
        const departures = spread(past.map(connectionWith), start, window, random)
        const asleep = departures.filter(({ connection }) => isAsleep(connection, start, window.quiet))
        for (const [index, { connection, at }] of asleep.entries()) {
          const next = asleep[index + 1]?.connection
          if (next !== undefined) assert.ok(connection.lastUsedAt <= next.lastUsedAt)
          const share = (at - start) / (0.9 * window.within)
          assert.ok(share * asleep.length >= index - 1e-6 && share * asleep.length <= index + 1 + 1e-6)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('has at most twice the fair part of 1 000 idle connections in any tenth of the window', () => {
    const connections = Array.from({ length: 1_000 }, () =>
      connectionWith({ requests: 1, pause: 0, unused: 5_000 + random() * 60_000 }),
    )
    const moments = spread(connections, start, { within: 10_000, quiet: 2_500 }, random)
    const counts = tenths(moments.map(({ at }) => at))
    assert.ok(Math.max(...counts) <= 200, counts.join(' '))
  })

  for (const pause of [0, 10, 100, 500, 1_000, 2_000, 3_000, 4_000, 6_000, 9_000]) {
    it(`marks at most twice the fair part of 1 000 in any tenth that are used every ${pause} ms`, () => {
      const connections = Array.from({ length: 1_000 }, () =>
        connectionWith({ requests: 50, pause, unused: random() * pause }),
      )
      const moments = spread(connections, start, { within: 10_000, quiet: 2_500 }, random)
      const marks = moments.map(({ connection, at }) => responseBehind(at, connection.lastUsedAt, pause))
      const counts = tenths(marks)
      assert.ok(Math.max(...counts) <= 200, counts.join(' '))
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        1_000,
        'all of them within the window',
      )
    })
  }

  it('does not let the busy ones go first: 500 used every 10 ms leave as late as 500 used every 500 ms', () => {
    const busy = Array.from({ length: 500 }, () => connectionWith({ requests: 100, pause: 10, unused: 0 }))
    const calm = Array.from({ length: 500 }, () => connectionWith({ requests: 100, pause: 500, unused: 0 }))
    const moments = spread([...busy, ...calm], start, { within: 10_000, quiet: 2_500 }, random)
    const mean = (of: readonly Connection[]): number =>
      moments
        .filter(({ connection }) => of.includes(connection))
        .reduce((sum, { at }) => sum + at - start, 0) / 500
    assert.ok(Math.abs(mean(busy) - 4_250) < 500, `${mean(busy)}`)
    assert.ok(Math.abs(mean(busy) - mean(calm)) < 750, `${mean(busy)} and ${mean(calm)}`)
  })
})

/** The first response behind an instant, of a connection that is used regularly. */
function responseBehind(at: number, lastUsedAt: number, pause: number): number {
  return pause === 0 ? at : lastUsedAt + pause * Math.max(1, Math.ceil((at - lastUsedAt) / pause))
}

describe('hasten', () => {
  it('keeps the order, makes nothing later, and ends the sooner by the factor', () => {
    fc.assert(
      fc.property(
        fc.array(pasts, { maxLength: 60 }),
        windows,
        randoms,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (past, window, random, passed, factor) => {
          const now = start + passed * window.within
          const before = spread(past.map(connectionWith), start, window, random)
          const after = hasten(before, now, factor)
          assert.deepEqual(
            after.map(({ connection }) => connection),
            before.map(({ connection }) => connection),
          )
          let latest = now
          for (const [index, { at }] of after.entries()) {
            assert.ok(at >= latest, `${at} behind ${latest}`)
            assert.ok(at <= Math.max(now, before[index]?.at ?? 0) + 1e-6)
            assert.ok(at - now <= factor * Math.max(0, start + window.within - now) + 1e-6)
            latest = at
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('sample', () => {
  const random = seeded(2)

  it('takes so many, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(100), randoms, (values, count, random) => {
        const items = values.map((value) => ({ value }))
        const taken = sample(items, count, random)
        assert.equal(taken.length, Math.min(count, items.length))
        assert.equal(new Set(taken).size, taken.length)
        assert.ok(taken.every((item) => items.includes(item)))
      }),
    )
  })

  it('takes each of 10 as often as any other: 3 of them, 10 000 times, 2 700 to 3 300 times each', () => {
    const items = Array.from({ length: 10 }, (_, index) => index)
    const times = items.map(() => 0)
    for (let draw = 0; draw < 10_000; draw++) {
      for (const item of sample(items, 3, random)) times[item] = (times[item] ?? 0) + 1
    }
    assert.ok(Math.min(...times) > 2_700 && Math.max(...times) < 3_300, times.join(' '))
  })
})

describe('isAsleep', () => {
  const asleep = (past: Past, quiet: number): boolean => isAsleep(connectionWith(past), start, quiet)

  it('is one that was unused for quiet 2 500 ms, and not one for 2 499, where it has no pauses yet', () => {
    for (const requests of [0, 1]) {
      assert.equal(asleep({ requests, pause: 0, unused: 2_500 }, 2_500), true)
      assert.equal(asleep({ requests, pause: 0, unused: 2_499 }, 2_500), false)
    }
  })

  it('is one used every 2 000 ms that was unused for 6 000, and not one for 5 999', () => {
    assert.equal(asleep({ requests: 10, pause: 2_000, unused: 6_000 }, 2_500), true)
    assert.equal(asleep({ requests: 10, pause: 2_000, unused: 5_999 }, 2_500), false)
  })

  it('is never one with something in flight, upgraded, or behind its last response', () => {
    for (const doing of ['active', 'marked', 'upgraded', 'reading', 'waiting'] as const) {
      assert.equal(asleep({ requests: 2, pause: 1, unused: 600_000, doing }, 1), false, doing)
    }
  })

  it('stays so as time goes on, and with a shorter quiet', () => {
    fc.assert(
      fc.property(pasts, fc.nat(100_000), fc.nat(100_000), fc.nat(100_000), (past, quiet, shorter, later) => {
        const connection = connectionWith(past)
        if (!isAsleep(connection, start, quiet)) return
        assert.ok(isAsleep(connection, start + later, Math.min(quiet, shorter)))
      }),
      { numRuns: 1_000 },
    )
  })

  it('knows a connection that a tracker has counted: 3 requests at 0, 100 and 200 ms, asleep 300 ms later', () => {
    const tracker = new Tracker<undefined>(limits, { report: assert.ifError })
    const connection = tracker.open('192.0.2.1', 1, undefined, 0)
    for (const now of [0, 100, 200]) {
      tracker.count(connection)
      tracker.begin(connection)
      assert.equal(isAsleep(connection, 1e6, 1), false)
      tracker.finish(connection, now)
    }
    assert.equal(isAsleep(connection, 499, 1), false)
    assert.equal(isAsleep(connection, 500, 1), true)
  })
})
