import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createHttp2Server } from 'node:http2'
import { createServer as createTcpServer } from 'node:net'
import { describe, it } from 'node:test'
import { evenkeel as onFastify } from '@evenkeel/fastify'
import { attach, Keels, shutdown } from '@evenkeel/node'
import { close, listening } from '@evenkeel/test-kit/listening'
import fastify from 'fastify'
import { ask, goaway, session } from '../http2/serving.js'
import { answersOf, limit, mounts, serving, warningsOf } from './conflicting.js'

const code = 'EVENKEEL_OPTIONS_CONFLICT'
const twoKept = ['200 keep-alive', '200 close']
const threeKept = ['200 keep-alive', ...twoKept]

function conflict(wanted: number, given = '2'): string {
  return (
    'Options are ignored, those that came first stay in force: ' +
    `maxRequestsPerConnection is ${wanted}, but this server is attached with ${given}: ` +
    'attach it once, or with the same options (functions kept in a constant) each time.'
  )
}

for (const [name, mount] of Object.entries(mounts)) {
  describe(`${name}, other options than those in force`, { timeout: 20_000 }, () => {
    it('of a second middleware, 3 after 2: the 2 hold for 3 connections, and one warning says so', async () => {
      const { listener, middlewares } = mount(limit(2), limit(3))
      const warnings = await warningsOf(code, () =>
        serving(listener, async (server) => {
          for (let connection = 0; connection < 3; connection++)
            assert.deepEqual(await answersOf(server), twoKept)
          const [first, second] = middlewares
          assert.equal(first?.keel, second?.keel)
          assert.equal(first?.keel?.snapshot().totals.requests, 6)
        }),
      )
      assert.deepEqual(warnings, [conflict(3)])
    })

    it('of a middleware on 2 servers that were attached with 2: a warning for each', async () => {
      const { listener, middlewares } = mount(limit(3))
      const warnings = await warningsOf(code, () =>
        serving(listener, (one) =>
          serving(listener, async (other) => {
            for (const server of [one, other]) {
              const keel = attach(server, limit(2))
              for (let connection = 0; connection < 2; connection++)
                assert.deepEqual(await answersOf(server), twoKept)
              assert.equal(middlewares[0]?.keel, keel)
            }
          }),
        ),
      )
      assert.deepEqual(warnings, [conflict(3), conflict(3)])
    })

    it('on a server that closes and listens again: the first holds again, and the warning is not repeated', async () => {
      const { listener, middlewares } = mount(limit(2), limit(3))
      const warnings = await warningsOf(code, () =>
        serving(listener, async (server) => {
          assert.deepEqual(await answersOf(server), twoKept)
          const [first, second] = middlewares
          const before = first?.keel
          await close(server)
          await once(server.listen(0, '127.0.0.1'), 'listening')
          assert.deepEqual(await answersOf(server), twoKept)
          assert.equal(first?.keel, second?.keel)
          assert.notEqual(first?.keel, before)
        }),
      )
      assert.deepEqual(warnings, [conflict(3)])
    })

    it('on a server that is detached and then attached with 3: these hold, and both show its keel', async () => {
      const { listener, middlewares } = mount(limit(2), limit(4))
      await serving(listener, async (server) => {
        assert.deepEqual(await answersOf(server), twoKept)
        const [first, second] = middlewares
        first?.keel?.detach()
        const keel = attach(server, limit(3))
        assert.deepEqual(await answersOf(server), threeKept)
        assert.equal(first?.keel, keel)
        assert.equal(second?.keel, keel)
      })
    })
  })
}

describe('options of middleware', { timeout: 20_000 }, () => {
  const { 'Express 5': mount, 'Koa 3': mountHttp2 } = mounts

  it('are compared with those given and with those that an update has put in force', async () => {
    const { listener } = mount(limit(2), limit(3), limit(4))
    const warnings = await warningsOf(code, () =>
      serving(listener, async (server) => {
        const keel = attach(server, limit(2))
        keel.update({ maxRequestsPerConnection: 3 })
        assert.equal(attach(server, limit(3)), keel)
        assert.deepEqual(await answersOf(server), threeKept)
      }),
    )
    assert.deepEqual(warnings, [conflict(4, '2, updated to 3 since')])
  })

  it('are told apart by what was asked for rather than by a default', async () => {
    const exempt = (): boolean => true
    const { listener } = mount(limit(2), { maxConnectionAge: 1000 }, { ...limit(2), exempt })
    const warnings = await warningsOf(code, () =>
      serving(listener, async (server) => assert.deepEqual(await answersOf(server), twoKept)),
    )
    assert.deepEqual(
      warnings.map((message) => message.split(': ')[1]),
      [
        'maxConnectionAge is 1000, but this server is attached with 300000',
        'exempt is another function than the one that this server is attached with',
      ],
    )
  })

  it('are those that were checked, whatever becomes of the object that they came in', async () => {
    const options = limit(2)
    const { listener } = mount(options)
    options.maxRequestsPerConnection = 0
    await serving(listener, async (server) => assert.deepEqual(await answersOf(server), twoKept))
  })

  it('win over none: a middleware without any shows the keel that they have made', async () => {
    const { listener, middlewares } = mount(undefined, limit(2))
    await serving(listener, async (server) => {
      const left = shutdown(server, { signals: ['SIGUSR2'] })
      assert.deepEqual(await answersOf(server), twoKept)
      const [first, second] = middlewares
      assert.equal(first?.keel, second?.keel)
      assert.equal(first?.keel?.limits.maxRequestsPerConnection, 2)
      await shutdown(server)
      await left
      assert.equal(first?.keel, second?.keel)
      assert.equal(first?.keel?.snapshot().totals.requests, 2)
    })
  })

  it('over HTTP/2: the first of two hold, each of 4 streams is answered, and one warning says so', async () => {
    const { listener, middlewares } = mountHttp2(limit(2), limit(3))
    const warnings = await warningsOf(code, () =>
      listening(createHttp2Server(listener as never), async ({ port }) => {
        for (let sessions = 0; sessions < 2; sessions++) {
          const client = await session(port)
          const gone = goaway(client)
          for (let call = 0; call < 2; call++) assert.equal((await ask(client)).body, 'ok')
          await gone
        }
        assert.equal(middlewares[0]?.keel, middlewares[1]?.keel)
      }),
    )
    assert.deepEqual(warnings, [conflict(3)])
  })

  it('fail no stream whose HTTP/2 server stands behind a TCP server, which is none to attach to', async () => {
    const { listener, middlewares } = mountHttp2(limit(2))
    const server = createHttp2Server(listener as never)
    const keel = attach(server, limit(2))
    const front = createTcpServer((socket) => server.emit('connection', socket))
    await listening(front as never, async ({ port }) => {
      const client = await session(port)
      const gone = goaway(client)
      for (let call = 0; call < 2; call++) assert.equal((await ask(client)).status, 200)
      await gone
      assert.equal(keel.snapshot().totals.requests, 2)
      assert.equal(middlewares[0]?.keel, undefined)
    })
  })

  it('of Fastify conflict at start: register fails', async () => {
    const app = fastify()
    await app.register(onFastify, limit(3))
    await assert.rejects(async () => app.register(onFastify, limit(4)), {
      code: 'ERR_EVENKEEL_OPTIONS_CONFLICT',
    })
    await app.close()
  })

  it('of Fastify meet a second server that is attached with 2: these hold, and one warning says so', async () => {
    const app = fastify()
    await app.register(onFastify, limit(3))
    app.get('/', () => 'ok')
    await app.ready()
    const warnings = await warningsOf(code, () =>
      serving(
        (request, response) => app.routing(request, response),
        async (server) => {
          const keel = attach(server, limit(2))
          for (let connection = 0; connection < 2; connection++)
            assert.deepEqual(await answersOf(server), twoKept)
          assert.deepEqual([...app.evenkeels], [app.evenkeel, keel])
        },
      ),
    )
    assert.deepEqual(warnings, [conflict(3)])
    await app.close()
  })

  it('conflict at start: what an adapter attaches itself throws', async () => {
    await serving(mount().listener, async (server) => {
      attach(server, limit(2))
      assert.throws(() => new Keels(limit(3)).attach(server), { code: 'ERR_EVENKEEL_OPTIONS_CONFLICT' })
    })
  })

  it('conflict in silence under --disable-warning', () => {
    const program = `
      import { createServer, get } from 'node:http'
      import { attach, Keels } from '@evenkeel/node'
      const keels = new Keels({ maxRequestsPerConnection: 3 })
      const server = createServer((request, response) => {
        keels.meet(request, response)
        response.end(() => server.close())
      }).listen(0, () => get({ port: server.address().port, agent: false }, (answer) => answer.resume()))
      attach(server, { maxRequestsPerConnection: 2 })`
    const said = (...flags: string[]): string =>
      spawnSync(process.execPath, [...flags, '--input-type=module', '--eval', program], {
        cwd: import.meta.dirname,
        encoding: 'utf8',
      }).stderr
    assert.match(said(), /\[EVENKEEL_OPTIONS_CONFLICT\]/)
    assert.equal(said(`--disable-warning=${code}`), '')
  })
})
