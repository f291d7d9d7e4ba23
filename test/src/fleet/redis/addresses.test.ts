import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { redisStore } from '@evenkeel/fleet'
import { certificate } from '../../certificate.js'
import { Program } from './program.js'
import { noRedis, RedisServer } from './redis-server.js'
import { Relay } from './relay.js'

const never = new AbortController().signal
const report = { load: 1, weight: 1 }

describe('a Redis by its URL', { skip: noRedis, timeout: 60_000 }, () => {
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

  /** What the README asks for, and nothing else. */
  const rights = [
    ...['evalsha', 'eval', 'time', 'get', 'set', 'del', 'hget', 'hmget', 'hset', 'hdel', 'hlen', 'hexists'],
    ...['hgetall', 'zadd', 'zrem', 'zcard', 'zscore', 'zrange', 'zrangebyscore', 'pexpire', 'pttl', 'select'],
  ].map((command) => `+${command}`)

  it('takes its user, password and database, and needs no other rights than the README names', async () => {
    await server.run('ACL', 'SETUSER', 'fleet', 'on', '>se cret', '~evenkeel:*', ...rights)
    const store = redisStore(`redis://fleet:se%20cret@127.0.0.1:${relay.port}/3`)
    const exchange = (id: string) => store.exchange('web', id, report, 60_000, never)
    await exchange('a')
    await server.run('SCRIPT', 'FLUSH')
    assert.equal((await exchange('b')).members, 2)
    assert.match(String(await server.run('INFO', 'keyspace')), /db3:keys=3/)
    await store.leave('web', 'a')
    assert.equal((await store.members('web')).size, 1)
    for (const key of ['reports', 'times', 'sums']) {
      await store.leave('web', 'b')
      await exchange('a')
      const select = `redis.call('SELECT', 3) return redis.call('DEL', KEYS[1])`
      await server.run('EVAL', select, '1', `evenkeel:{web}:${key}`)
      assert.equal((await exchange('a')).members, 1)
    }
    await store.close()
  })

  it('rejects with what Redis says of a wrong password, and not with the password', async () => {
    const store = redisStore(`redis://nobody:secret@127.0.0.1:${relay.port}`)
    await assert.rejects(store.exchange('web', 'a', report, 60_000, never), (error: Error) => {
      assert.match(error.message, /WRONGPASS/)
      assert.doesNotMatch(error.message, /secret/)
      return true
    })
    await store.close()
  })

  it('is left by close(), and opened anew by the next command', async () => {
    const store = redisStore(relay.url)
    await store.exchange('web', 'a', report, 60_000, never)
    await store.close()
    assert.equal((await store.exchange('web', 'b', report, 60_000, never)).members, 2)
    await store.close()
  })

  it('is opened anew after an error that nobody waited for', async () => {
    const store = redisStore(relay.url)
    await store.exchange('api', 'a', report, 60_000, never)
    relay.cut()
    let members: number | undefined
    while (members === undefined) {
      const answer = await store.exchange('api', 'b', report, 60_000, never).catch(() => undefined)
      members = answer?.members
    }
    assert.equal(members, 2)
    await store.close()
  })

  it('is reached over TLS as rediss://', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'evenkeel-tls-'))
    const authority = join(folder, 'authority.pem')
    await writeFile(authority, certificate.cert)
    const secure = await Relay.open(server.path, certificate)
    const url = `rediss://localhost:${secure.port}`
    await Program.run(
      { url },
      async (program) => {
        await program.tells(({ state }) => state === 'even')
        assert.deepEqual(await program.ends(), { code: 0, errors: '' })
      },
      { NODE_EXTRA_CA_CERTS: authority },
    )
    const distrusting = redisStore(url).exchange('web', 'a', report, 60_000, never)
    await assert.rejects(distrusting, /self-signed certificate/)
    await secure.close()
    await rm(folder, { recursive: true })
  })
})
