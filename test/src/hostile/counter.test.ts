import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createCounter } from '@evenkeel/core'
import { FakeClock } from '../fake-clock.js'

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

  it('takes any text for a key', () => {
    const counter = createCounter({ maxRequestsPerConnection: 2, jitter: 0, clock: new FakeClock(), random })
    const keys = ['', '__proto__', 'constructor', 'toString', '\0', '\ud800', 'x'.repeat(1_000_000), '::1:1']
    for (const key of keys) assert.equal(counter.hit(key), undefined)
    assert.equal(counter.snapshot().connections.total, keys.length)
    for (const key of keys) assert.equal(counter.hit(key), 'max-requests')
    assert.equal(counter.snapshot().connections.total, 0)
  })
})
