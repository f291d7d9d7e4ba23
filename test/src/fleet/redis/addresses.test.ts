import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { redisStore } from '@evenkeel/fleet'
import { OptionError } from '@evenkeel/node'
import { certificate } from '../../certificate.js'
import { Program } from './program.js'
import { noRedis, RedisServer } from './redis-server.js'
import { Relay } from './relay.js'

const never = new AbortController().signal
const report = { load: 1, weight: 1 }
const packages = join(import.meta.dirname, '../../../../packages')

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

  it('says what to install where the package redis is missing', async () => {
    const project = await mkdtemp(join(tmpdir(), 'evenkeel-without-'))
    const modules = join(project, 'node_modules', '@evenkeel')
    await mkdir(modules, { recursive: true })
    const isOurs = (path: string): boolean => !path.includes('node_modules', packages.length)
    await cp(join(packages, 'fleet'), join(modules, 'fleet'), { recursive: true, filter: isOurs })
    await symlink(join(packages, 'core'), join(modules, 'core'))
    const program = `
      import { redisStore } from '@evenkeel/fleet'
      const answer = redisStore('redis://host').exchange('web', 'a', { load: 1, weight: 1 }, 1, new AbortController().signal)
      answer.catch((error) => console.log(error.message))
    `
    await writeFile(join(project, 'program.mjs'), program)
    const { stdout } = await promisify(execFile)(process.execPath, [join(project, 'program.mjs')])
    assert.match(
      stdout,
      /^the package redis is missing: install it \(npm install redis\), or give { sendCommand }/,
    )
    await rm(project, { recursive: true })
  })
})

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
    const secure = await Relay.open(server.path, { secure: true })
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
