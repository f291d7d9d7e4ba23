import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CounterOptions, createCounter } from '@evenkeel/core'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'

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

  it('never restarts the key used most, however many others push each other out of 10 places', () => {
    const { counter, clock } = counting({ maxRequestsPerConnection: 5_000, idleTimeout: 1000, capacity: 10 })
    for (let request = 1; request < 5_000; request++) {
      assert.equal(counter.hit('in use'), undefined)
      counter.hit(`other ${request}`)
      clock.advance(1)
    }
    assert.equal(counter.hit('in use'), 'max-requests')
  })

  it('pushes out the least recently used of 3 keys for a fourth, which starts anew when it comes again', () => {
    const { counter } = counting({ capacity: 3, maxRequestsPerConnection: 3 })
    const said = ['a', 'b', 'c', 'b', 'a', 'd', 'c', 'a', 'c', 'c'].map((key) => counter.hit(key))
    assert.deepEqual(said, [...Array(7).fill(undefined), 'max-requests', undefined, 'max-requests'])
    const { connections, totals } = counter.snapshot()
    assert.equal(connections.total, 1)
    assert.equal(totals.retired.evicted, 2)
  })

  it('tells of a key pushed out that it is retired, evicted and closed, by nobody', () => {
    const { counter, clock } = counting({ capacity: 1 })
    const told: unknown[] = []
    counter.on('open', ({ connection }) => told.push(`open ${connection.key}`))
    counter.on('retire', ({ connection, reason }) => told.push(`retire ${connection.key} ${reason}`))
    counter.on('evict', ({ connection }) => told.push(`evict ${connection.key}`))
    counter.on('idle-close', ({ connection }) => told.push(`idle-close ${connection.key}`))
    counter.on('close', ({ connection, reason, by }) =>
      told.push([connection.key, connection.idle, reason, by]),
    )
    counter.hit('a')
    clock.advance(5)
    assert.equal(counter.hit('b'), undefined)
    assert.deepEqual(told, [
      'open a',
      'open b',
      'retire a evicted',
      'evict a',
      ['a', 5, 'evicted', undefined],
    ])
    const { totals } = counter.snapshot()
    assert.equal(totals.closes.evicted.unknown, 1)
    assert.deepEqual(totals.idleCloses, { client: 0, server: 0 })
  })

  it('has room for as many keys as it is told to, up to 2^53 - 1', () => {
    const { counter } = counting({ capacity: Number.MAX_SAFE_INTEGER, maxRequestsPerConnection: 2 })
    for (let port = 0; port < 1000; port++) assert.equal(counter.hit(`192.0.2.1:${port}`), undefined)
    assert.equal(counter.snapshot().connections.total, 1000)
    assert.equal(counter.hit('192.0.2.1:0'), 'max-requests')
  })

  it('measures silence to the fraction, from a clock that began below 0', () => {
    const { counter, clock } = counting({ idleTimeout: 0.5, maxRequestsPerConnection: 2 })
    clock.advance(-1)
    counter.hit('a')
    clock.advance(0.375)
    assert.equal(counter.hit('a'), 'max-requests')
    counter.hit('a')
    clock.advance(0.5)
    assert.equal(counter.hit('a'), undefined)
  })

  it('pushes out nobody while a silent key can make room', () => {
    const { counter, clock } = counting({ capacity: 2, idleTimeout: 10 })
    counter.hit('silent')
    clock.advance(5)
    counter.hit('in use')
    clock.advance(5)
    counter.hit('new')
    const { connections, totals } = counter.snapshot()
    assert.deepEqual([connections.total, totals.retired.evicted, totals.closes.none.unknown], [2, 0, 1])
  })

  it('closes 2 of 100 silent keys for each new one, and the others when it is looked at', () => {
    const { counter, clock } = counting({ idleTimeout: 10 })
    let closed = 0
    counter.on('close', () => closed++)
    for (let port = 0; port < 100; port++) counter.hit(`192.0.2.1:${port}`)
    clock.advance(10)
    counter.hit('new')
    assert.equal(closed, 2)
    counter.hit('new')
    assert.equal(closed, 2)
    counter.hit('newer')
    assert.equal(closed, 4)
    assert.equal(counter.snapshot().connections.total, 2)
    assert.equal(closed, 100)
  })

  it('forgets silent keys as new ones come, so that a million ports leave one', () => {
    const { counter, clock } = counting({ idleTimeout: 10, capacity: Infinity })
    for (let port = 0; port < 1_000_000; port++) {
      clock.advance(10)
      counter.hit(`192.0.2.1:${port}`)
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
