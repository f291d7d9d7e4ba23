import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createCounter, type Reason } from '@evenkeel/core'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import fc from 'fast-check'

interface Limits {
  readonly capacity: number
  readonly idleTimeout: number
}

const maxRequestsPerConnection = 3
const maxConnectionAge = 30

/** What the counter should be, in the least words: a Map whose first key is the one that was used the longest ago. */
class Model {
  readonly known = new Map<string, { requests: number; openedAt: number; usedAt: number }>()
  readonly evicted: string[] = []
  opened = 0
  closed = 0
  readonly #limits: Limits

  constructor(limits: Limits) {
    this.#limits = limits
  }

  hit(key: string, now: number): Reason | undefined {
    this.clear(now)
    const connection = this.known.get(key) ?? this.#open(now)
    connection.requests++
    connection.usedAt = now
    this.known.delete(key)
    this.known.set(key, connection)
    const reason = this.#reason(connection, now)
    if (reason !== undefined) this.close(key)
    return reason
  }

  close(key: string): void {
    if (this.known.delete(key)) this.closed++
  }

  clear(now: number): void {
    for (const [key, { usedAt }] of this.known) if (now - usedAt >= this.#limits.idleTimeout) this.close(key)
  }

  #open(now: number) {
    for (const oldest of this.known.keys()) {
      if (this.known.size < this.#limits.capacity) break
      this.evicted.push(oldest)
      this.close(oldest)
    }
    this.opened++
    return { requests: 0, openedAt: now, usedAt: now }
  }

  #reason({ requests, openedAt }: { requests: number; openedAt: number }, now: number): Reason | undefined {
    if (requests >= maxRequestsPerConnection) return 'max-requests'
    return now - openedAt >= maxConnectionAge ? 'max-age' : undefined
  }
}

const key = fc.constantFrom(...'abcdefg')
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('hit' as const), key }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('close' as const), key }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('wait' as const), for: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('look' as const) }) },
)
const limits = fc.record({
  capacity: fc.constantFrom(1, 2, 3, 4, 5, Infinity),
  idleTimeout: fc.constantFrom(10, Infinity),
})

describe('counter, beside a Map that keeps its own order', () => {
  it('says the same in any order of hits, closes and time, with 1 to 5 places and without end', () =>
    fc.assert(
      fc.property(limits, fc.array(step, { maxLength: 80 }), (given, steps) => {
        const clock = new FakeClock()
        const counter = createCounter({
          ...given,
          maxRequestsPerConnection,
          maxConnectionAge,
          jitter: 0,
          clock,
          random: () => 0,
        })
        const model = new Model(given)
        const evicted: string[] = []
        counter.on('evict', ({ connection }) => evicted.push(connection.key))
        const look = () => {
          model.clear(clock.now())
          const { connections, totals } = counter.snapshot()
          assert.equal(connections.total, model.known.size)
          assert.deepEqual([totals.opened, totals.closed], [model.opened, model.closed])
        }
        for (const next of steps) {
          if (next.does === 'hit') assert.equal(counter.hit(next.key), model.hit(next.key, clock.now()))
          else if (next.does === 'close') {
            model.clear(clock.now())
            model.close(next.key)
            counter.close(next.key)
          } else if (next.does === 'wait') clock.advance(next.for)
          else look()
          assert.deepEqual(evicted, model.evicted)
        }
        look()
      }),
      { numRuns: 2_000 },
    ))
})
