import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Connection, parseOptions, Tracker } from '@evenkeel/core'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import fc from 'fast-check'

function tracking(fair: boolean) {
  const clock = new FakeClock()
  const limits = parseOptions({}, { clock, random: Math.random })
  const tracker = new Tracker<undefined>(limits, { report: assert.ifError })
  tracker.table.fair = fair
  return { clock, tracker }
}

/** Opens one connection for each letter, at the times 1, 2, 3, …; the same letter is the same peer. */
function idle(tracker: Tracker<undefined>, letters: string): Connection<undefined>[] {
  return [...letters].map((letter, index) => tracker.open(letter, index + 1, undefined, index + 1))
}

/** The keys of those that make room one after the other, each closed in its turn. */
function order(tracker: Tracker<undefined>, deadline = 1000): string[] {
  const keys: string[] = []
  for (;;) {
    const connection = tracker.table.next(deadline, deadline)
    if (connection === undefined) return keys
    keys.push(connection.key)
    tracker.close(connection, 'server', deadline)
  }
}

describe('who makes room', () => {
  it('is the longest unused, in the order of use, when peers are not told apart', () => {
    const { tracker } = tracking(false)
    const [first, second] = idle(tracker, 'aabc')
    assert.ok(first && second)
    tracker.begin(first)
    tracker.finish(first, 10)
    assert.deepEqual(order(tracker), ['a:2', 'b:3', 'c:4', 'a:1'])
  })

  it('is the longest unused of the peer that holds the most, until it holds no more than others', () => {
    const { tracker } = tracking(true)
    idle(tracker, 'baaac')
    assert.deepEqual(order(tracker), ['a:2', 'a:3', 'b:1', 'c:5', 'a:4'])
  })

  it('does not count what a peer has in flight', () => {
    const { tracker } = tracking(true)
    const connections = idle(tracker, 'aaabb')
    for (const connection of connections.slice(0, 2)) tracker.begin(connection)
    assert.deepEqual(order(tracker), ['b:4', 'a:3', 'b:5'])
  })

  it('is one that waits for its client to close, before all others', () => {
    const { tracker } = tracking(true)
    const connections = idle(tracker, 'aaab')
    const [reading, waiting] = [connections[0], connections[3]]
    assert.ok(reading && waiting)
    tracker.move(reading, 'open', 'reading')
    tracker.move(waiting, 'open', 'reading')
    tracker.move(waiting, 'reading', 'waiting')
    assert.deepEqual(order(tracker), ['b:4', 'a:2', 'a:3'])
  })

  it('is nobody used after the deadline', () => {
    const { tracker } = tracking(true)
    idle(tracker, 'ab')
    assert.equal(tracker.table.next(0, 0), undefined)
    assert.equal(tracker.table.next(1, 1)?.key, 'a:1')
  })

  it('is another than the busiest peer for others, and for that peer itself only what is stale', () => {
    const { tracker } = tracking(true)
    idle(tracker, 'baaa')
    assert.equal(tracker.table.next(1, 0), undefined)
    assert.equal(tracker.table.next(1, 0, 'a'), undefined)
    assert.equal(tracker.table.next(1, 0, 'c')?.key, 'b:1')
    assert.equal(tracker.table.next(1, 1, 'a')?.key, 'b:1')
  })

  it('is nobody of a peer that has fewer connections open than the newcomer, unless stale', () => {
    const { tracker } = tracking(true)
    const connections = idle(tracker, 'abbb')
    for (const connection of connections.slice(1)) tracker.begin(connection)
    assert.equal(tracker.table.next(1, 0, 'b'), undefined, 'b has three, all busy')
    assert.equal(tracker.table.next(1, 0, 'b', true), undefined, 'nor ahead of need')
    assert.equal(tracker.table.next(1, 1, 'b')?.key, 'a:1', 'unused for long')
    assert.equal(tracker.table.next(1, 0, 'c')?.key, 'a:1', 'c has none')
  })

  it('is always whom the rules name, over any order of events', () => {
    const step = fc.record({
      what: fc.constantFrom(
        'open',
        'open',
        'begin',
        'finish',
        'upgrade',
        'marked',
        'reading',
        'waiting',
        'close',
        'evict',
      ),
      peer: fc.nat(3),
      which: fc.nat(30),
      pause: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 150 }), (fair, steps) => {
        const { clock, tracker } = tracking(fair)
        const open: Connection<undefined>[] = []
        for (const [index, { what, peer, which, pause }] of steps.entries()) {
          clock.advance(pause)
          const now = clock.now()
          const connection = open[which % Math.max(1, open.length)]
          if (what === 'open') open.push(tracker.open(`peer ${peer}`, index, undefined, now))
          else if (what === 'evict') evictAndCheck(tracker, open, fair, now, `peer ${peer}`)
          else if (connection === undefined) continue
          else if (what === 'begin') tracker.begin(connection)
          else if (what === 'finish') tracker.finish(connection, now)
          else if (what === 'upgrade') tracker.move(connection, 'open', 'upgraded')
          else if (what === 'close') {
            tracker.close(connection, 'client', now)
            open.splice(open.indexOf(connection), 1)
          } else if (what === 'marked') tracker.move(connection, 'open', 'marked')
          else if (what === 'reading') tracker.move(connection, 'open', 'reading')
          else if (what === 'waiting') tracker.move(connection, 'reading', 'waiting')
          assert.equal(tracker.table.size, open.length)
        }
        for (const connection of open) tracker.close(connection, 'client', clock.now())
        assert.equal(tracker.table.size, 0)
        assert.equal(tracker.table.next(Infinity, Infinity), undefined)
      }),
      { numRuns: 1_000 },
    )
  })

  it('is found among 100 000 peers as among two, and leaves nothing behind', () => {
    const { tracker } = tracking(true)
    for (let number = 0; number < 200_000; number++)
      tracker.open(`peer ${number >> 1}`, number, undefined, number)
    let evicted = 0
    for (;;) {
      const connection = tracker.table.next(Infinity, Infinity)
      if (connection === undefined) break
      // The first of each peer, then the second of each.
      assert.equal(connection.port, evicted < 100_000 ? 2 * evicted : 2 * (evicted - 100_000) + 1)
      tracker.close(connection, 'server', 1e6)
      evicted++
    }
    assert.equal(evicted, 200_000)
  })
})

/** What may make room, told from all records and no queue. */
function evictAndCheck(
  tracker: Tracker<undefined>,
  open: Connection<undefined>[],
  fair: boolean,
  now: number,
  newcomer: string,
): void {
  const [deadline, stale] = [now - 2, now - 5]
  const longest = (among: Connection<undefined>[]): number => Math.min(...among.map((one) => one.lastUsedAt))
  const waiting = open.filter(
    ({ stage, inFlight }) => stage === 'waiting' || (stage === 'marked' && inFlight === 0),
  )
  const idle = open.filter(({ stage, inFlight }) => stage === 'open' && inFlight === 0)
  const heldBy = (address: string): Connection<undefined>[] => idle.filter((one) => one.address === address)
  const most = Math.max(0, ...idle.map(({ address }) => heldBy(address).length))
  const crowds = idle.filter(({ address }) => heldBy(address).length === most)
  const chosen = tracker.table.next(deadline, stale, newcomer)
  const openBy = (address: string): number => open.filter((one) => one.address === address).length
  const isLarger =
    fair && !crowds.some(({ address }) => address === newcomer || openBy(address) >= openBy(newcomer))
  // They stand in the order in which they began to wait, and the first of them alone is asked.
  if (waiting.length > 0 && waiting.every((one) => one.lastUsedAt <= deadline)) {
    assert.ok(chosen && waiting.includes(chosen))
  } else if (chosen !== undefined && waiting.includes(chosen)) {
    assert.ok(chosen.lastUsedAt <= deadline)
  } else if (chosen === undefined) {
    assert.ok(!idle.some((one) => one.lastUsedAt <= (fair ? stale : deadline)))
    const others = crowds.every(({ address }) => address !== newcomer && openBy(address) >= openBy(newcomer))
    if (fair && others) assert.ok(!idle.some((one) => one.lastUsedAt <= deadline))
  } else {
    assert.ok(idle.includes(chosen) && chosen.lastUsedAt <= deadline)
    if (isLarger) assert.ok(chosen.lastUsedAt <= stale)
    const isOfCrowd = heldBy(chosen.address).length === most
    if (!fair) assert.equal(chosen.lastUsedAt, longest(idle))
    else if (isOfCrowd) assert.equal(chosen.lastUsedAt, longest(heldBy(chosen.address)))
    else assert.ok(chosen.lastUsedAt === longest(idle) && crowds.some((one) => one.lastUsedAt > deadline))
  }
  if (chosen === undefined) return
  tracker.close(chosen, 'server', now)
  open.splice(open.indexOf(chosen), 1)
}
