import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { redisStore, type Store } from '@evenkeel/fleet'
import { Redis } from 'ioredis'
import { day, until } from './day.js'
import { noRedis, RedisServer } from './redis-server.js'
import type { Relay } from './relay.js'

const interval = 400

describe('a server with 8 connections whose fleet has another one with none', {
  skip: noRedis,
  timeout: 60_000,
}, () => {
  let server: RedisServer
  const redises: Redis[] = []
  before(async () => {
    server = await RedisServer.start()
  })
  after(() => server.end())

  /** A client that nobody ends: its answers come, however late. */
  function reach({ port }: Relay): Store {
    const redis = new Redis(port)
    redises.push(redis)
    return redisStore({ sendCommand: (...args) => redis.call(...args) })
  }

  it('sheds, until answers are older than 3 intervals: then they come, and nothing is shed for them', () =>
    day(server, { interval, clients: [8, 0], reach }, async ({ relay, members, together, apart }) => {
      const [{ keel, clients }] = members
      await together()
      const shed = (): number => keel.snapshot().totals.retired.fleet
      await until(() => shed() > 0)
      relay.delay = 4 * interval
      await apart()
      const before = shed()
      const answers = relay.answers
      await until(() => relay.answers > answers + 2)
      await clients.answers(50)
      assert.equal(shed(), before)
      relay.delay = 0
      await together()
      for (const redis of redises) redis.disconnect()
    }))

  it('is found to be of another service that has the same name, when all that it sheds comes back', () =>
    day(server, { interval, clients: [8, 0], weights: [1, 9] }, async ({ members, together }) => {
      const [{ keel, clients }] = members
      await together()
      await until(() => keel.snapshot().fleet?.state === 'sticky')
      const shed = keel.snapshot().fleet?.shed
      await clients.answers(100)
      assert.equal(keel.snapshot().fleet?.shed, shed)
    }))
})
