import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { redisStore, type Store } from '@evenkeel/fleet'
import { noRedis, RedisServer } from './redis-server.js'
import { Relay } from './relay.js'

const never = new AbortController().signal
const expiry = 60_000
const keys = ['reports', 'times', 'sums'].map((name) => `evenkeel:{web}:${name}`)
const [reports = '', times = '', sums = ''] = keys

describe('the keys of a group in Redis', { skip: noRedis, timeout: 60_000 }, () => {
  let server: RedisServer
  let relay: Relay
  let store: Store
  before(async () => {
    server = await RedisServer.start()
    relay = await Relay.open(server.path)
    store = redisStore(relay.url)
  })
  after(async () => {
    await store.close()
    await relay.close()
    await server.end()
  })
  beforeEach(() => server.run('FLUSHALL'))

  const report = (id: string, load = 1, lasting = expiry) =>
    store.exchange('web', id, { load, weight: 1 }, lasting, never)

  /** As if the reports of all members, or of one, were older. */
  async function age(milliseconds: number, member?: string): Promise<void> {
    const members = member === undefined ? await server.run('ZRANGE', times, '0', '-1') : [member]
    for (const each of members as string[]) await server.run('ZINCRBY', times, `${-milliseconds}`, each)
    if (member !== undefined) return
    const [load, weight, count, since] = String(await server.run('GET', sums)).split(' ')
    await server.run('SET', sums, `${load} ${weight} ${count} ${Number(since) - milliseconds}`)
  }

  it('takes 1 command for an exchange, with 3 keys of one hash tag', async () => {
    await report('a')
    relay.sent = ''
    await report('b', 2)
    const [count, ...parts] = relay.sent.split('\r\n').filter((part) => !part.startsWith('$') && part !== '')
    assert.equal(count, '*11')
    assert.deepEqual(parts, ['EVALSHA', parts[1], '3', ...keys, 'report', 'b', '2000000', '1000000', '60000'])
    assert.match(parts[1] ?? '', /^[0-9a-f]{40}$/)
  })

  it('runs as many commands within a script for 3 members as for 300', async () => {
    const counts: number[] = []
    for (const members of [3, 300]) {
      for (let id = 0; id < members; id++) await report(`${id}`)
      await server.run('CONFIG', 'RESETSTAT')
      await report('0', 5)
      const calls = String(await server.run('INFO', 'commandstats')).matchAll(/^cmdstat_.*?:calls=(\d+)/gm)
      counts.push([...calls].reduce((sum, [, count]) => sum + Number(count), 0))
    }
    assert.equal(counts[0], counts[1])
  })

  it('goes by itself when the group has been gone for the expiry of 60 000 ms', async () => {
    await report('a')
    for (const key of keys) {
      const left = Number(await server.run('PTTL', key))
      assert.ok(left > expiry - 20_000 && left <= expiry, `${key}: ${left} ms`)
    }
    await store.leave('web', 'b')
    for (const key of keys) assert.ok(Number(await server.run('PTTL', key)) > 0, key)
  })

  it('drops who has reported nothing for 60 000 ms, by the clock of Redis', async () => {
    await report('a', 10)
    await report('b', 20)
    await age(expiry, 'a')
    const { load, members } = await report('c', 5)
    assert.deepEqual({ load, members }, { load: 25, members: 2 })
    assert.deepEqual([...(await store.members('web')).keys()].sort(), ['b', 'c'])
  })

  it('drops 250 members within 3 exchanges, at most 100 in each', async () => {
    for (let id = 0; id < 250; id++) await report(`${id}`)
    await age(expiry)
    const counts = [await report('a'), await report('b'), await report('c')].map(({ members }) => members)
    assert.deepEqual(counts, [151, 52, 3])
  })

  it('drops who has reported in the future, where the clock was set back', async () => {
    await report('a', 10)
    await report('b', 20)
    await age(-3_600_000)
    const { load, members } = await report('b', 5)
    assert.deepEqual({ load, members }, { load: 5, members: 1 })
  })

  describe('whether others may be missing', () => {
    const isPartial = async (id: string) => (await report(id)).isPartial

    it('says so for the first 60 000 ms of a group, and then no more', async () => {
      assert.equal(await isPartial('a'), true)
      await report('b')
      await age(expiry - 10_000)
      assert.equal(await isPartial('a'), true)
      await report('b')
      await age(10_000)
      assert.equal(await isPartial('a'), false)
    })

    for (const [what, lose] of [
      ['a flush', () => server.run('FLUSHALL')],
      ['the loss of the reports', () => server.run('DEL', reports)],
      ['the loss of the times', () => server.run('DEL', times)],
      ['the loss of the sums', () => server.run('DEL', sums)],
      ['a time in which none of them could report', () => age(expiry)],
      ['a clock that was set back by an hour', () => age(-3_600_000)],
    ] as const) {
      it(`says so after ${what}`, async () => {
        for (const id of ['a', 'b', 'c']) await report(id)
        await age(30_000)
        for (const id of ['a', 'b', 'c']) await report(id)
        await age(30_000)
        assert.equal(await isPartial('a'), false)
        await lose()
        assert.equal(await isPartial('b'), true)
      })
    }

    it('does not say so when 1 of 3 members is gone', async () => {
      for (const id of ['a', 'b', 'c']) await report(id)
      await age(30_000)
      for (const id of ['a', 'b']) await report(id)
      await age(30_000)
      assert.deepEqual(await report('a'), { load: 2, weight: 2, members: 2, isPartial: false })
    })
  })

  it('rejects where a key holds something else, and takes nothing from it', async () => {
    for (const key of keys) {
      await report('a')
      await server.run('DEL', key)
      await server.run('LPUSH', key, 'mine')
      await assert.rejects(report('a', 2), /WRONGTYPE/)
      assert.deepEqual(await server.run('LRANGE', key, '0', '-1'), ['mine'])
      await server.run('DEL', key)
      assert.equal((await report('a', 3)).load, 3)
    }
  })

  it('makes sums anew that are no numbers', async () => {
    await report('a', 10)
    await report('b', 20)
    for (const text of ['', 'x', '-1 2 2 0', '1 2 2']) {
      await server.run('SET', sums, text)
      assert.equal((await report('a', 5)).load, 25)
    }
  })

  it('drops a report that is none', async () => {
    await report('a', 10)
    await report('b', 20)
    await server.run('HSET', reports, 'b', 'much')
    await server.run('DEL', sums)
    const { load, members } = await report('a', 10)
    assert.deepEqual({ load, members }, { load: 10, members: 1 })
  })
})
