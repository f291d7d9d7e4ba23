import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import { describe } from 'node:test'
import { attach, OptionError, type ServerOptions, shutdown } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { plain } from '../apps/plain.js'
import { secure } from '../apps/secure.js'
import { until } from '../drain/time.js'
import { hearing } from '../events/hearing.js'
import { assertKept } from '../serving.js'
import { it } from '../wire/it.js'

/** What Even Keel sets on a server, or may find set. */
function settingsOf(server: Server): unknown {
  const { keepAliveTimeout, headersTimeout, requestTimeout, maxConnections } = server
  const { keepAliveTimeoutBuffer } = server as { keepAliveTimeoutBuffer?: number }
  return { keepAliveTimeout, keepAliveTimeoutBuffer, headersTimeout, requestTimeout, maxConnections }
}

describe('keel.update: what is set on the server', () => {
  it('follows idleTimeout, and detach sets back what was there first', () => {
    const server = createServer()
    Object.assign(server, { keepAliveTimeout: 7_000, headersTimeout: 61_000, maxConnections: 5_000 })
    const before = settingsOf(server)
    const keel = attach(server, { idleTimeout: 90_000 })
    assert.equal(server.keepAliveTimeout, 85_000)
    keel.update({ idleTimeout: 200_000, maxConnections: 100 })
    assert.equal(server.keepAliveTimeout, 195_000)
    assert.ok(server.headersTimeout > 200_000)
    assert.equal(server.maxConnections, 100)
    keel.update({ idleTimeout: 30_000 })
    assert.equal(server.keepAliveTimeout, 25_000)
    keel.update({ idleTimeout: Infinity })
    assert.equal(server.keepAliveTimeout, 0)
    keel.update({ idleTimeout: 40_000, maxConnections: 200 })
    assert.equal(server.maxConnections, 200)
    keel.detach()
    assert.deepEqual(settingsOf(server), before)
    return Promise.resolve()
  })

  for (const [what, change, back] of [
    ['tuneTimeouts', { tuneTimeouts: false }, { tuneTimeouts: true }],
    ['dryRun', { dryRun: true }, { dryRun: false }],
  ] as readonly [string, ServerOptions, ServerOptions][]) {
    it(`is what was there first while ${what} says so`, () => {
      const server = createServer()
      const first = settingsOf(server)
      const keel = attach(server, { idleTimeout: 90_000, maxConnections: 50 })
      const tuned = settingsOf(server)
      keel.update(change)
      const { maxConnections: _, ...untuned } = first as Record<string, unknown>
      const { maxConnections, ...now } = settingsOf(server) as Record<string, unknown>
      assert.deepEqual(now, untuned)
      assert.equal(maxConnections, what === 'dryRun' ? undefined : 50)
      keel.update(back)
      assert.deepEqual(settingsOf(server), tuned)
      keel.detach()
      assert.deepEqual(settingsOf(server), first)
      return Promise.resolve()
    })
  }

  it('stays as others set it meanwhile, over updates of other limits and over detach', () => {
    const server = createServer()
    const keel = attach(server, { idleTimeout: 90_000, maxConnections: 50 })
    server.keepAliveTimeout = 12_345
    server.maxConnections = 40
    keel.update({ maxRequestsPerConnection: 10 })
    assert.equal(server.keepAliveTimeout, 12_345)
    assert.equal(server.maxConnections, 40)
    keel.detach()
    assert.equal(server.keepAliveTimeout, 12_345)
    assert.equal(server.maxConnections, 40)
    return Promise.resolve()
  })

  it('maxConnections of Infinity again is none', () => {
    const server = createServer()
    const keel = attach(server)
    keel.update({ maxConnections: 10 })
    assert.equal(server.maxConnections, 10)
    keel.update({ maxConnections: Infinity })
    assert.equal(server.maxConnections, undefined)
    keel.detach()
    assert.equal(server.maxConnections, undefined)
    return Promise.resolve()
  })
})

describe('keel.update: what cannot be', () => {
  const faults: readonly [string, unknown, RegExp][] = [
    ['maxRequestsPerConnection', 0, /maxRequestsPerConnection.*0.*:.*whole number/],
    ['maxRequestsPerConnection', 1.5, /maxRequestsPerConnection.*1\.5/],
    ['maxConnectionAge', Number.NaN, /maxConnectionAge.*NaN/],
    ['maxConnectionAgeGrace', -1, /maxConnectionAgeGrace.*-1/],
    ['jitter', 1, /jitter.*1/],
    ['idleTimeout', '65s', /idleTimeout.*"65s"/],
    ['maxConnections', null, /maxConnections.*null/],
    ['fairEviction', 'yes', /fairEviction.*"yes"/],
    ['quietGuard', {}, /quietGuard.*an object/],
    ['tuneTimeouts', 1, /tuneTimeouts.*1/],
    ['dryRun', 'true', /dryRun.*"true"/],
    ['exempt', '/healthz', /exempt.*"\/healthz"/],
    ['maxRequests', 5, /maxRequests\b/],
    ['clock', { now: () => 1 }, /clock/],
    ['random', () => 0, /random/],
  ]
  for (const [name, value, message] of faults) {
    it(`${name} as ${String(value)}: an error that names it, and nothing changes, not even what is right`, () => {
      for (const server of [createServer(), createHttp2Server()]) {
        const keel = attach(server, { idleTimeout: 90_000 })
        const { limits } = keel
        const before = settingsOf(server as Server)
        let isTold = false
        keel.on('update', () => {
          isTold = true
        })
        const options = { idleTimeout: 30_000, maxConnections: 7, [name]: value } as ServerOptions
        assert.throws(
          () => keel.update(options),
          (error) => {
            assert.ok(error instanceof OptionError)
            assert.equal(error.option, name)
            assert.equal(error.value, value)
            assert.notEqual(error.cure, '')
            assert.match(error.message, message)
            return true
          },
        )
        assert.equal(keel.limits, limits)
        assert.deepEqual(settingsOf(server as Server), before)
        assert.equal(isTold, false)
        keel.detach()
      }
      return Promise.resolve()
    })
  }

  it('no options at all, or something that is none', () => {
    const keel = attach(createServer())
    const { limits } = keel
    for (const options of [undefined, null, 5, 'dryRun'])
      assert.throws(() => keel.update(options as never), OptionError)
    assert.equal(keel.limits, limits)
    return Promise.resolve()
  })

  it('a dry run in the middle of a drain, which goes on in earnest', async () => {
    const server = createServer((_, response) => response.end('ok'))
    const keel = attach(server)
    await listening(server, async ({ connect }) => {
      const client = await connect()
      await client.request('/')
      const stop = new AbortController()
      const drained = keel.drain({ within: 60_000, signal: stop.signal })
      assert.throws(
        () => keel.update({ dryRun: true, jitter: 0 }),
        /dryRun is true, but .* drained in earnest/,
      )
      assert.equal(keel.limits.dryRun, false)
      assert.equal(keel.limits.jitter, 0.2)
      stop.abort()
      await assert.rejects(drained)
      keel.update({ dryRun: true })
      assert.equal(keel.limits.dryRun, true)
    })
  })

  it('but another limit can, in the middle of a shutdown that has ended a dry run', async () => {
    const server = createServer((_, response) => response.end('ok'))
    const keel = attach(server, { dryRun: true })
    await listening(server, async ({ connect }) => {
      const client = await connect()
      await client.request('/')
      const begun = new Promise<void>((resolve) => {
        keel.on('drain', () => resolve())
      })
      const left = shutdown(server, { within: 60_000 })
      await begun
      keel.update({ jitter: 0 })
      assert.equal(keel.limits.jitter, 0)
      client.close()
      await left
    })
  })

  it('a random that throws, and no connection has other limits than before', async () => {
    let throws = false
    const random = (): number => {
      if (throws) throw new Error('random on purpose')
      return 0
    }
    const server = createServer((_, response) => response.end('ok'))
    const keel = attach(server, { random, maxRequestsPerConnection: 100 })
    await listening(server, async ({ connect }) => {
      const client = await connect()
      await client.request('/')
      throws = true
      assert.throws(() => keel.update({ maxRequestsPerConnection: 5 }), /random on purpose/)
      assert.equal(keel.limits.maxRequestsPerConnection, 100)
      assert.deepEqual(
        [...keel.connections()].map(({ requestLimit }) => requestLimit),
        [100],
      )
      throws = false
    })
  })

  it('a server that is detached', () => {
    const keel = attach(createServer())
    keel.detach()
    assert.throws(() => keel.update({ maxRequestsPerConnection: 5 }), /detached/)
    return Promise.resolve()
  })

  it('attach with what the server was attached with gives the same keel, with other options it is an error', () => {
    const server = createServer()
    const options = { maxRequestsPerConnection: 10, idleTimeout: 90_000 }
    const keel = attach(server, options)
    keel.update({ maxRequestsPerConnection: 5 })
    assert.equal(attach(server, options), keel)
    assert.equal(attach(server), keel)
    assert.equal(keel.limits.maxRequestsPerConnection, 5)
    assert.throws(() => attach(server, { ...options, maxRequestsPerConnection: 7 }), OptionError)
    keel.detach()
    return Promise.resolve()
  })
})

for (const app of [plain, secure]) {
  describe(`${app.name}: keel.update of maxConnections`, () => {
    it('lowered from 20 to 4: idle ones make room, the longest unused first, and busy ones stay', () =>
      hearing(app, { maxConnections: 20 }, async (context) => {
        const { connect, nextWaiting, use, pass, keel, heard, server } = context
        const waiting = nextWaiting()
        const busy = await connect()
        const response = busy.request('/wait')
        const answer = await waiting
        const clients: RawClient[] = []
        for (let count = 0; count < 9; count++) {
          const client = await connect()
          await client.request('/ok')
          await until(() => keel().snapshot().connections.active === 1)
          await pass(1)
          clients.push(client)
        }
        await pass(2_000)
        keel().update({ maxConnections: 4 })
        assert.equal(server.maxConnections, 4)
        await until(() => keel().snapshot().connections.total <= 4)
        await pass(2_000)
        // One place is kept free.
        assert.equal(keel().snapshot().connections.total, 3)
        assert.deepEqual(
          heard.of('evict').map(({ connection }) => connection.key),
          clients.slice(0, 7).map(({ key }) => key),
        )
        answer()
        assertKept(await response)
        keel().update({ maxConnections: 20 })
        assert.equal(server.maxConnections, 20)
        for (let count = 0; count < 10; count++) assertKept(await use(await connect()))
        assert.equal(keel().snapshot().connections.total, 13)
        assert.equal(keel().snapshot().totals.refused, 0)
      }))

    it('none within the quietGuard; a shorter one lets them go', () =>
      hearing(app, { maxConnections: 20, quietGuard: 60_000 }, async ({ used, pass, keel, port, heard }) => {
        await used(5)
        await pass(5_000)
        keel().update({ maxConnections: 4 })
        await pass(2_000)
        assert.equal(keel().snapshot().connections.total, 5)
        const refused = await RawClient.connect({ port })
        await refused.ended
        await heard.until('refuse')
        keel().update({ quietGuard: 1_000 })
        await pass(2_000)
        await until(() => keel().snapshot().connections.total === 3)
        assert.equal(heard.of('evict').length, 2)
      }))

    it('fairEviction turned off and on: the longest unused goes, or one of whoever has the most', () =>
      hearing(app, { maxConnections: 4 }, async ({ connect, use, pass, keel, heard }) => {
        const from = async (localAddress: string): Promise<string> => {
          const client = await connect({ from: { localAddress } })
          await use(client)
          await pass(1)
          return client.key
        }
        const alone = await from('127.0.0.2')
        const [first] = [await from('127.0.0.3'), await from('127.0.0.3')]
        await pass(1_000)
        await from('127.0.0.4')
        await heard.until('evict', 1)
        assert.equal(heard.of('evict')[0]?.connection.key, first)
        keel().update({ fairEviction: false })
        await pass(1_000)
        await from('127.0.0.3')
        await heard.until('evict', 2)
        assert.equal(heard.of('evict')[1]?.connection.key, alone)
        keel().update({ fairEviction: true })
        await from('127.0.0.5')
        await pass(1_000)
        await heard.until('evict', 3)
        assert.equal(heard.of('evict')[2]?.connection.address, '127.0.0.3')
      }))
  })
}
