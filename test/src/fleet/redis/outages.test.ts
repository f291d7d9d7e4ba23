import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { redisStore, type Store } from '@evenkeel/fleet'
import { assertAtRest, assertInForce, day, type Setting } from './day.js'
import { noRedis, RedisServer } from './redis-server.js'

/** Redis is out of reach for a while, or refuses what it is asked. */
interface Outage {
  readonly name: string
  readonly setting?: Setting
  begin(server: RedisServer, relay: { delay: number; close(): Promise<void> }): unknown
  end(server: RedisServer, relay: { delay: number; open(): Promise<void> }): unknown
}

const outages: readonly Outage[] = [
  {
    name: 'is killed, and starts again empty',
    begin: (server) => server.kill(),
    end: (server) => server.start(),
  },
  { name: 'stands still (SIGSTOP)', begin: (server) => server.pause(), end: (server) => server.resume() },
  { name: 'refuses connections', begin: (_, relay) => relay.close(), end: (_, relay) => relay.open() },
  {
    name: 'answers after 5 000 ms',
    begin: (_, relay) => {
      relay.delay = 5_000
    },
    end: (_, relay) => {
      relay.delay = 0
    },
  },
  {
    name: 'becomes a replica (READONLY)',
    begin: (server) => server.run('REPLICAOF', '127.0.0.1', '1'),
    end: (server) => server.run('REPLICAOF', 'NO', 'ONE'),
  },
  {
    name: 'allows no scripts any more (ACL)',
    begin: (server) => server.run('ACL', 'SETUSER', 'default', '-evalsha', '-eval'),
    end: (server) => server.run('ACL', 'SETUSER', 'default', '+@all'),
  },
  {
    name: 'has something else at a key of the group',
    begin: async (server) => {
      await server.run('DEL', 'evenkeel:{default}:times')
      await server.run('SET', 'evenkeel:{default}:times', 'mine')
    },
    end: (server) => server.run('DEL', 'evenkeel:{default}:times'),
  },
]

describe('a fleet of 2 servers in use whose Redis', { skip: noRedis, timeout: 60_000 }, () => {
  let server: RedisServer
  before(async () => {
    server = await RedisServer.start()
  })
  after(() => server.end())

  for (const { name, begin, end } of outages) {
    it(`${name}: the usual limits are in force meanwhile, no request fails, and the fleet comes back`, () =>
      day(server, {}, async ({ relay, members, together, apart, used }) => {
        await together()
        for (const { keel } of members) assertAtRest(keel)
        const updates: number[] = []
        members[0].keel.on('update', ({ limits }) => updates.push(limits.maxRequestsPerConnection))
        await begin(server, relay)
        await apart()
        const shed = members.map(({ keel }) => keel.snapshot().fleet?.shed)
        for (const { keel } of members) assertInForce(keel)
        await used()
        for (const { keel } of members) assertInForce(keel)
        assert.deepEqual(
          members.map(({ keel }) => keel.snapshot().fleet?.shed),
          shed,
        )
        await end(server, relay)
        await together()
        for (const { keel } of members) assertAtRest(keel)
        await used()
        assert.equal(updates[0], 1_000)
        assert.equal(updates.at(-1), Infinity)
      }))
  }

  it('cannot be reached from the start: the usual limits are in force until it can', () =>
    day(server, { isOpen: false }, async ({ relay, members, together, apart, used }) => {
      await apart()
      await used()
      for (const { keel, states } of members) {
        assertInForce(keel)
        assert.equal(states[0], 'unreachable')
      }
      await relay.open()
      await together()
      for (const { keel } of members) assertAtRest(keel)
    }))

  for (const [what, command] of [
    ['flushed', ['FLUSHALL']],
    ['told to forget its scripts', ['SCRIPT', 'FLUSH']],
  ] as const) {
    it(`is ${what} 20 times in use: every report is taken, and the fleet stays together`, async () => {
      const refused: unknown[] = []
      await day(server, { reach: (relay) => heard(redisStore(relay.url), refused) }, async (today) => {
        await today.together()
        for (let time = 0; time < 20; time++) {
          await server.run(...command)
          await today.members[0].clients.answers(20)
        }
        await today.together()
        for (const { keel } of today.members) assertAtRest(keel)
        await today.used()
      })
      assert.deepEqual(refused, [])
    })
  }
})

/** The store, and what it has refused to who still waited for it. */
function heard(store: Store, refused: unknown[]): Store {
  return {
    ...store,
    async exchange(group, id, report, expiry, signal) {
      try {
        return await store.exchange(group, id, report, expiry, signal)
      } catch (error) {
        if (!signal.aborted) refused.push(error)
        throw error
      }
    },
  }
}
