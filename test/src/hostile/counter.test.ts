import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createCounter } from '@evenkeel/core'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'

const random = Math.random

describe('the counter under 1 000 000 distinct ports', () => {
  it('never holds more than its capacity of 10 000, and closes once what it opened', () => {
    const counter = createCounter({ capacity: 10_000, clock: new FakeClock(), random })
    let opened = 0
    let closed = 0
    let evicted = 0
    let most = 0
    counter.on('open', () => opened++)
    counter.on('close', ({ reason }) => {
      closed++
      if (reason === 'evicted') evicted++
    })
    for (let port = 0; port < 1_000_000; port++) {
      counter.hit(`198.51.${port >> 16}.1:${port & 0xff_ff}`)
      if (port % 10_007 === 0) most = Math.max(most, counter.snapshot().connections.total)
    }
    assert.equal(most, 10_000)
    const { connections, totals } = counter.snapshot()
    assert.equal(connections.total, 10_000)
    assert.deepEqual([opened, closed, evicted], [1_000_000, 990_000, 990_000])
    assert.deepEqual([totals.opened, totals.closed, totals.retired.evicted], [opened, closed, evicted])
  })

  it('goes on counting ten that stay in use between 100 000 others', () => {
    const counter = createCounter({
      capacity: 1_000,
      maxRequestsPerConnection: 150,
      jitter: 0,
      clock: new FakeClock(),
      random,
    })
    const last: string[] = []
    for (let port = 0; port < 100_000; port++) {
      counter.hit(`198.51.100.1:${port}`)
      if (port % 667 > 9) continue
      const key = `192.0.2.1:${port % 667}`
      if (counter.hit(key) === 'max-requests') last.push(key)
    }
    assert.deepEqual(
      last,
      Array.from({ length: 10 }, (_, port) => `192.0.2.1:${port}`),
    )
  })

  it('stays whole while its listeners hit and close keys in the middle of it', () => {
    const counter = createCounter({
      capacity: 5,
      maxRequestsPerConnection: 3,
      clock: new FakeClock(),
      random,
    })
    const open = new Map<string, number>()
    const change = (key: string, by: number) => open.set(key, (open.get(key) ?? 0) + by)
    let depth = 0
    let next = 0
    const meddle = (key: string) => {
      if (depth === 3) return
      depth++
      counter.hit(key)
      counter.hit(`key ${next++ % 11}`)
      counter.close(`key ${next++ % 7}`)
      depth--
    }
    counter.on('open', ({ connection }) => change(connection.key, 1))
    counter.on('close', ({ connection }) => change(connection.key, -1))
    for (const type of ['open', 'retire', 'evict', 'close'] as const) {
      counter.on(type, ({ connection }) => meddle(connection.key))
    }
    for (let hit = 0; hit < 200; hit++) {
      counter.hit(`key ${hit % 13}`)
      assert.ok(counter.snapshot().connections.total <= 5)
    }
    for (let key = 0; key < 13; key++) {
      depth = 3
      counter.close(`key ${key}`)
    }
    assert.deepEqual([counter.snapshot().connections.total, new Set(open.values())], [0, new Set([0])])
  })

  it('takes any text for a key', () => {
    const counter = createCounter({ maxRequestsPerConnection: 2, jitter: 0, clock: new FakeClock(), random })
    const keys = ['', '__proto__', 'constructor', 'toString', '\0', '\ud800', 'x'.repeat(1_000_000), '::1:1']
    for (const key of keys) assert.equal(counter.hit(key), undefined)
    assert.equal(counter.snapshot().connections.total, keys.length)
    for (const key of keys) assert.equal(counter.hit(key), 'max-requests')
    assert.equal(counter.snapshot().connections.total, 0)
  })
})
