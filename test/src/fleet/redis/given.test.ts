import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { redisStore } from '@evenkeel/fleet'
import { OptionError } from '@evenkeel/node'

const never = new AbortController().signal
const report = { load: 1, weight: 1 }

describe('what redisStore is given', () => {
  for (const [given, fault] of [
    [undefined, 'redisStore is undefined: give '],
    ['', 'redisStore is "": give a URL such as '],
    ['http://localhost', 'redisStore is "http://localhost": give a URL such as '],
    ['redis://', 'redisStore is "redis://": give a URL such as '],
    ['redis://host/web', 'redisStore is "redis://host/web": give a URL such as '],
    ['http://me:secret@host', 'redisStore is "http://***@host": give a URL such as '],
    ['me:secret@host:6379', 'redisStore is "***@host:6379": give a URL such as '],
    ['redis://me:secret@host:port', 'redisStore is "redis://***@host:port": give a URL such as '],
    [{}, 'sendCommand is undefined: give a function such as '],
    [{ sendCommand: 'x' }, 'sendCommand is "x": give a function such as '],
    [{ sendCommand: () => {}, name: 5 }, 'name is 5: give a name '],
    [
      { sendCommand: () => {}, url: 'x' },
      'url ("x") is not an option: remove it, or use one of sendCommand, name',
    ],
  ] as const) {
    it(`${JSON.stringify(given)} is refused, with its cure`, () => {
      assert.throws(
        () => Reflect.apply(redisStore, undefined, [given]),
        (error) => {
          assert.ok(error instanceof OptionError)
          assert.ok(error.message.startsWith(fault), error.message)
          assert.doesNotMatch(JSON.stringify(error), /secret/)
          return true
        },
      )
    })
  }

  it('names the store, without user and password', () => {
    assert.equal(redisStore('rediss://me:secret@host:6380/2').name, 'rediss://host:6380/2')
    assert.equal(redisStore({ sendCommand: async () => 1 }).name, 'redis')
    assert.equal(redisStore({ sendCommand: async () => 1, name: 'ours' }).name, 'ours')
  })

  it('is asked for Redis’ own answer when sendCommand resolves with another', async () => {
    const store = redisStore({ sendCommand: async () => 'OK' })
    await assert.rejects(
      store.exchange('web', 'a', report, 1_000, never),
      /sendCommand has answered "OK": let it/,
    )
  })

  it('gets 100 commands that it does not answer, and no more', async () => {
    let commands = 0
    const sendCommand = () => {
      commands++
      return new Promise(() => {})
    }
    const store = redisStore({ sendCommand })
    for (let time = 0; time < 120; time++) {
      const stop = new AbortController()
      const answer = store.exchange('web', 'a', report, 1_000, stop.signal)
      stop.abort()
      await assert.rejects(answer)
    }
    assert.equal(commands, 100)
  })

  it('takes a weight of 1 000 000 and no more', async () => {
    const store = redisStore({ sendCommand: async () => [1, 1, 1, 0] })
    await store.exchange('web', 'a', { load: 1, weight: 1e6 }, 1_000, never)
    await assert.rejects(
      store.exchange('web', 'a', { load: 1, weight: 1_000_001 }, 1_000, never),
      /weight is 1000001: give a number up to 1000000/,
    )
  })
})
