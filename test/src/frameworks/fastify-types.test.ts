import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import type { Http2SecureServer, Http2Server } from 'node:http2'
import type { Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { evenkeel, type Keel, probe } from '@evenkeel/fastify'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type RawServerBase } from 'fastify'
import { certificate } from '../certificate.js'
import { ask, session } from '../http2/serving.js'

/** What the decorators are, on an instance with a server of this type. */
function decorators<Server extends RawServerBase>(
  app: FastifyInstance<Server>,
): { keel: Keel; keels: Iterable<Keel> } {
  return { keel: app.evenkeel, keels: app.evenkeels }
}

describe("Fastify's instances have typed decorators", () => {
  it('over HTTP/1', async () => {
    const app: FastifyInstance<Server> = fastify()
    await app.register(evenkeel, { maxRequestsPerConnection: 7 })
    await seven(decorators(app))
    await app.close()
  })

  it('over HTTPS', async () => {
    const app = fastify({ https: certificate })
    await app.register(evenkeel, { maxRequestsPerConnection: 7 })
    app.get('/ready', probe)
    await seven(decorators<SecureServer>(app))
    await app.close()
  })

  it('over HTTP/2 without TLS', async () => {
    const app = fastify({ http2: true })
    await app.register(import('@evenkeel/fastify'), { maxRequestsPerConnection: 7 })
    await seven(decorators<Http2Server>(app))
    await app.close()
  })

  it('over HTTP/2 with TLS, where a handler has them, the probe is one, and so has a scope within', async () => {
    const app = fastify({ http2: true, https: certificate })
    await app.register(evenkeel, () => ({ maxRequestsPerConnection: 7 }))
    app.get('/ready', probe)
    app.get('/', function () {
      return { limit: this.evenkeel.limits.maxRequestsPerConnection }
    })
    await app.register(async (scope) => assert.equal(scope.evenkeel, app.evenkeel))
    await app.listen({ port: 0, host: '127.0.0.1' })
    const client = await session((app.server.address() as AddressInfo).port, true)
    assert.equal((await ask(client)).body, '{"limit":7}')
    client.close()
    await seven(decorators<Http2SecureServer>(app))
    await app.close()
  })

  it('beside a logger of its own', async () => {
    const loggerInstance = fastify({ logger: { level: 'silent' } }).log as FastifyBaseLogger
    const app = fastify({ loggerInstance })
    await app.register(evenkeel, { maxRequestsPerConnection: 7 })
    await seven({ keel: app.evenkeel, keels: app.evenkeels })
    await app.close()
  })
})

async function seven({ keel, keels }: { keel: Keel; keels: Iterable<Keel> }): Promise<void> {
  assert.equal(keel.limits.maxRequestsPerConnection, 7)
  assert.deepEqual([...keels], [keel])
}
