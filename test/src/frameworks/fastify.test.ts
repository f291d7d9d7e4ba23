import assert from 'node:assert/strict'
import dns from 'node:dns'
import { Agent } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, mock } from 'node:test'
import { evenkeel } from '@evenkeel/fastify'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import fastify, { type FastifyInstance } from 'fastify'
import request from 'supertest'

/** Without it supertest asks for `Connection: close` itself. */
const keepAlive = new Agent({ keepAlive: true })

describe('@evenkeel/fastify', () => {
  it('works in an application that supertest calls', async () => {
    const app = fastify()
    await app.register(evenkeel, { maxRequestsPerConnection: 1, jitter: 0 })
    app.get('/', () => 'ok')
    await app.ready()
    await request(app.server).get('/').agent(keepAlive).expect(200, 'ok').expect('connection', 'close')
    await app.close()
  })

  it('does not count injected requests, which have no connection', async () => {
    const app = fastify()
    await app.register(evenkeel, { maxRequestsPerConnection: 1, jitter: 0 })
    app.get('/', () => 'ok')
    for (let call = 0; call < 3; call++) {
      const response = await app.inject('/')
      assert.equal(response.body, 'ok')
      assert.notEqual(response.headers.connection, 'close')
    }
    assert.equal(app.evenkeel.snapshot().totals.requests, 0)
    await app.close()
  })

  it('limits connections to every address of localhost, where Fastify listens with a server each', async () => {
    const { lookup } = dns
    const addresses = ['127.0.0.1', '127.0.0.2']
    const twofold = (
      host: string,
      options: dns.LookupOptions,
      done: (...result: unknown[]) => void,
    ): void => {
      if (host === 'localhost' && options.all)
        done(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        )
      else lookup(host, options, done)
    }
    mock.method(dns, 'lookup', twofold)
    let app = await listening()
    // Fastify goes on without its second server where another process has the port on that address.
    for (let attempt = 1; !(await reachable(portOf(app), addresses)); attempt++) {
      assert.ok(attempt < 20, 'the second address was never reachable')
      await app.close()
      app = await listening()
    }
    try {
      for (const host of addresses) {
        const client = await RawClient.connect({ port: portOf(app), host })
        assert.equal((await client.request('/')).headers.get('connection'), 'keep-alive', host)
        assert.equal((await client.request('/')).headers.get('connection'), 'close', host)
        assert.equal(await client.ended, 'fin')
      }
      const keels = [...app.evenkeels]
      assert.equal(keels.length, addresses.length)
      assert.equal(keels[0], app.evenkeel)
      for (const keel of keels) assert.equal(keel.snapshot().totals.retired['max-requests'], 1)
    } finally {
      await app.close()
      mock.restoreAll()
    }

    async function listening() {
      const instance = fastify({ forceCloseConnections: true })
      await instance.register(evenkeel, { maxRequestsPerConnection: 2, jitter: 0 })
      instance.get('/', () => 'ok')
      await instance.listen({ port: 0, host: 'localhost' })
      return instance
    }
  })

  it('belongs to the instance that registers it, without encapsulation of its own', async () => {
    const flat = fastify()
    await flat.register(evenkeel, { maxRequestsPerConnection: 7 })
    await flat.ready()
    assert.equal(flat.evenkeel.limits.maxRequestsPerConnection, 7)
    await flat.close()
  })

  it('detaches when the instance closes', async () => {
    const app = fastify({ keepAliveTimeout: 5_000 })
    await app.register(evenkeel, { idleTimeout: 90_000 })
    assert.equal(app.server.keepAliveTimeout, 85_000)
    await app.close()
    assert.equal(app.server.keepAliveTimeout, 5_000)
    assert.equal(Object.hasOwn(app.server, 'emit'), false)
  })

  it('refuses bad options when it is registered', async () => {
    const app = fastify()
    await assert.rejects(async () => app.register(evenkeel, { maxRequestsPerConnection: 0 }), {
      code: 'ERR_EVENKEEL_OPTION_INVALID',
    })
  })
})

function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port
}

async function reachable(port: number, hosts: readonly string[]): Promise<boolean> {
  const clients = await Promise.allSettled(hosts.map((host) => RawClient.connect({ port, host })))
  for (const client of clients) if (client.status === 'fulfilled') client.value.close()
  return clients.every(({ status }) => status === 'fulfilled')
}
