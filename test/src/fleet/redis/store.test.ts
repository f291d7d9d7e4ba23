import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Store } from '@evenkeel/fleet'
import { noRedis, RedisServer } from './redis-server.js'
import { Relay } from './relay.js'
import { type Reached, ways } from './ways.js'

const never = new AbortController().signal
const expiry = 60_000

describe('the store in Redis', { skip: noRedis, timeout: 60_000 }, () => {
  let server: RedisServer
  let relay: Relay
  before(async () => {
    server = await RedisServer.start()
    relay = await Relay.open(server.path)
  })
  after(async () => {
    await relay.close()
    await server.end()
  })
  beforeEach(() => server.run('FLUSHALL'))

  for (const [name, reach] of Object.entries(ways)) {
    describe(`by ${name}`, () => {
      let reached: Reached
      let store: Store
      before(async () => {
        reached = await reach(relay.port)
        store = reached.store
      })
      after(() => reached.end())
      const report = (id: string, load: number, weight = 1, group = 'web') =>
        store.exchange(group, id, { load, weight }, expiry, never)

      it('sums the last reports of 3 members', async () => {
        await report('a', 10)
        await report('b', 20.5, 2)
        assert.deepEqual(sums(await report('c', 0.25, 0.5)), { load: 30.75, weight: 3.5, members: 3 })
        assert.deepEqual(sums(await report('a', 1)), { load: 21.75, weight: 3.5, members: 3 })
      })

      it('keeps 2 groups apart, and a group whose name has every sign that it may have', async () => {
        await report('a', 10, 1, 'web')
        assert.equal((await report('a', 20, 1, 'api')).load, 20)
        assert.equal((await report('a', 30, 1, 'a.b:c_d-1')).load, 30)
      })

      it('lets a member leave, and one that was never there', async () => {
        await report('a', 10)
        await report('b', 20)
        await store.leave('web', 'a')
        await store.leave('web', 'nobody')
        assert.deepEqual(sums(await report('b', 5)), { load: 5, weight: 1, members: 1 })
        await store.leave('web', 'b')
        assert.deepEqual(await server.run('KEYS', '*'), [])
        await store.leave('web', 'b')
      })

      it('tells every member by its id', async () => {
        assert.deepEqual(await store.members('web'), new Map())
        await report('host-1-aa', 10, 2)
        await report('host-2-bb', 0)
        assert.deepEqual(
          await store.members('web'),
          new Map([
            ['host-1-aa', { load: 10, weight: 2 }],
            ['host-2-bb', { load: 0, weight: 1 }],
          ]),
        )
      })

      it('sums 9 members of the largest load and weight to the millionth', async () => {
        for (let id = 0; id < 8; id++) await report(`${id}`, 1e6, 1e6)
        assert.deepEqual(sums(await report('last', 999_999.5, 1e-6)), {
          load: 8_999_999.5,
          weight: 8_000_000.000_001,
          members: 9,
        })
      })

      it('rounds up, so that no sum is below a report', async () => {
        const { load, weight } = await report('a', 1e-9, 2.000_000_1)
        assert.ok(load >= 1e-9 && weight >= 2.000_000_1, `${load}, ${weight}`)
      })

      it('gives the script again when Redis has forgotten it', async () => {
        await report('a', 10)
        await server.run('SCRIPT', 'FLUSH')
        assert.equal((await report('b', 20)).load, 30)
      })

      it('rejects when it is not wanted any more, and works on', async () => {
        await assert.rejects(store.exchange('web', 'a', { load: 1, weight: 1 }, expiry, AbortSignal.abort()))
        const stop = new AbortController()
        const answer = store.exchange('web', 'a', { load: 1, weight: 1 }, expiry, stop.signal)
        stop.abort(new Error('enough'))
        await assert.rejects(answer, /enough/)
        assert.equal((await report('a', 2)).load, 2)
      })
    })
  }
})

function sums({ load, weight, members }: { load: number; weight: number; members: number }) {
  const rounded = (value: number): number => Math.round(value * 1e6) / 1e6
  return { load: rounded(load), weight: rounded(weight), members }
}
