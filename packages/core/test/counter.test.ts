import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CounterOptions, createCounter } from '@evenkeel/core'
import { FakeClock } from './fake-clock.js'

function counting(options: CounterOptions) {
  const clock = new FakeClock()
  const counter = createCounter({ jitter: 0, ...options, clock, random: Math.random })
  return { clock, counter }
}

/** Which of the next hits are the last of their connection. */
function hits(counter: ReturnType<typeof createCounter>, key: string, count: number) {
  return Array.from({ length: count }, () => counter.hit(key))
}

describe('counter', () => {
  it('says max-requests on every third hit of three, and starts anew behind it', () => {
    const { counter } = counting({ maxRequestsPerConnection: 3 })
    const last = [undefined, undefined, 'max-requests']
    assert.deepEqual(hits(counter, '192.0.2.1:1', 6), [...last, ...last])
  })

  it('counts keys apart', () => {
    const { counter } = counting({ maxRequestsPerConnection: 2 })
    assert.equal(counter.hit('192.0.2.1:1'), undefined)
    assert.equal(counter.hit('192.0.2.1:2'), undefined)
    assert.equal(counter.hit('192.0.2.1:1'), 'max-requests')
    assert.equal(counter.hit('192.0.2.1:2'), 'max-requests')
  })

  it('says max-age on the first hit after it', () => {
    const { counter, clock } = counting({ maxConnectionAge: 1000 })
    assert.equal(counter.hit('a'), undefined)
    clock.advance(999)
    assert.equal(counter.hit('a'), undefined)
    clock.advance(1)
    assert.equal(counter.hit('a'), 'max-age')
  })

  it('starts at zero for a connection that was closed', () => {
    const { counter } = counting({ maxRequestsPerConnection: 3 })
    hits(counter, 'a', 2)
    counter.close('a')
    counter.close('never seen')
    assert.deepEqual(hits(counter, 'a', 3), [undefined, undefined, 'max-requests'])
  })

  it('takes a key that was silent for the idle timeout for a new connection', () => {
    const { counter, clock } = counting({ maxRequestsPerConnection: 3, idleTimeout: 1000 })
    hits(counter, 'a', 2)
    clock.advance(999)
    assert.equal(counter.hit('a'), 'max-requests')
    hits(counter, 'a', 2)
    clock.advance(1000)
    assert.deepEqual(hits(counter, 'a', 3), [undefined, undefined, 'max-requests'])
  })

  it('never restarts a key in use, however many others come and go', () => {
    const { counter, clock } = counting({ maxRequestsPerConnection: 5_000, idleTimeout: 1000, capacity: 10 })
    for (let request = 1; request < 5_000; request++) {
      assert.equal(counter.hit('in use'), undefined)
      counter.hit(`other ${request}`)
      clock.advance(1)
    }
    assert.equal(counter.hit('in use'), 'max-requests')
  })

  it('remembers no more keys than its capacity, and says evicted to those above it', () => {
    const { counter, clock } = counting({ capacity: 100, maxRequestsPerConnection: 3 })
    const said = Array.from({ length: 150 }, (_, port) => counter.hit(`192.0.2.1:${port}`))
    assert.deepEqual(said, [...Array(100).fill(undefined), ...Array(50).fill('evicted')])
    assert.equal(counter.snapshot().connections.total, 100)
    assert.equal(counter.snapshot().totals.retired.evicted, 50)
    assert.deepEqual(hits(counter, '192.0.2.1:0', 2), [undefined, 'max-requests'], 'goes on where it was')
    assert.equal(counter.hit('192.0.2.1:149'), undefined, 'in its place')
    clock.advance(65_000)
    assert.equal(counter.hit('192.0.2.1:1000'), undefined, 'those that were silent have made room')
    assert.equal(counter.snapshot().connections.total, 1)
  })

  it('forgets silent keys as new ones come, so that a million ports leave one', () => {
    const { counter, clock } = counting({ idleTimeout: 10, capacity: Infinity })
    for (let port = 0; port < 1_000_000; port++) {
      counter.hit(`192.0.2.1:${port}`)
      clock.advance(10)
    }
    assert.equal(counter.snapshot().connections.total, 1)
    assert.equal(counter.snapshot().totals.closed, 999_999)
  })

  it('survives a listener that throws, and reports it', () => {
    const reported: unknown[] = []
    const clock = new FakeClock()
    const counter = createCounter({ clock, random: Math.random }, (error) => reported.push(error))
    const heard: string[] = []
    const boom = new Error('boom')
    counter.on('open', () => {
      throw boom
    })
    counter.on('open', ({ connection }) => heard.push(connection.key))
    assert.equal(counter.hit('a'), undefined)
    assert.deepEqual(heard, ['a'])
    assert.deepEqual(reported, [boom])
  })

  it('tells a listener no more once it is off', () => {
    const { counter } = counting({})
    const heard: string[] = []
    const listener = ({ connection }: { connection: { key: string } }) => heard.push(connection.key)
    counter.on('open', listener)
    counter.hit('a')
    counter.off('open', listener)
    counter.hit('b')
    assert.deepEqual(heard, ['a'])
  })

  it('needs a clock and randomness, and says which is missing', () => {
    assert.throws(() => createCounter({ random: Math.random } as never), {
      message: 'clock is undefined: give an object whose method now() returns milliseconds',
    })
    assert.throws(() => createCounter({ clock: new FakeClock() } as never), { option: 'random' })
  })

  it('refuses an option that only a server has', () => {
    assert.throws(
      () => createCounter({ clock: performance, random: Math.random, tuneTimeouts: true } as never),
      {
        code: 'ERR_EVENKEEL_OPTION_UNKNOWN',
      },
    )
  })
})
