import assert from 'node:assert/strict'
import { createSecureServer, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { evenkeel as fastifyPlugin } from '@evenkeel/fastify'
import { evenkeel as koaMiddleware } from '@evenkeel/koa'
import { attach } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import fastify from 'fastify'
import Koa from 'koa'
import { Agent, request } from 'undici'
import { certificate } from '../certificate.js'
import { ask, goaway, session } from './serving.js'

describe('http2 behind a framework', () => {
  it('Koa: its middleware attaches the server with the first stream and counts it', async () => {
    const app = new Koa()
    const middleware = koaMiddleware({ maxRequestsPerConnection: 3, jitter: 0 })
    app.use(middleware)
    app.use((context) => {
      context.body = 'ok'
    })
    await listening(createServer(app.callback()), async ({ port }) => {
      const client = await session(port)
      const gone = goaway(client)
      for (let call = 0; call < 3; call++) assert.equal((await ask(client)).body, 'ok')
      await gone
      assert.equal(middleware.keel?.snapshot().totals.requests, 3)
    })
  })

  it('Fastify: its plugin attaches the server at start', async () => {
    const app = fastify({ http2: true, https: certificate })
    await app.register(fastifyPlugin, { maxRequestsPerConnection: 3, jitter: 0 })
    app.get('/', () => 'ok')
    await app.listen({ port: 0, host: '127.0.0.1' })
    const client = await session((app.server.address() as AddressInfo).port, true)
    const gone = goaway(client)
    for (let call = 0; call < 3; call++) assert.equal((await ask(client)).body, 'ok')
    await gone
    assert.equal(app.evenkeel.snapshot().totals.requests, 3)
    await app.close()
  })
})

describe('http2 with undici', () => {
  // undici 7 tears a session down at any GOAWAY, with the streams that are still being answered. It then fails
  // them to its caller, so what can be asked of a server is that each request succeeds when it is sent again.
  it('serves 300 requests with 20 for each session, each at the first or a later try', async () => {
    const server = createSecureServer(certificate, (incoming, response) => {
      setImmediate(() => response.end(String(incoming.headers['x-id'])))
    })
    await listening(server, async ({ port }) => {
      const keel = attach(server, { maxRequestsPerConnection: 20 })
      const dispatcher = new Agent({
        allowH2: true,
        connect: { rejectUnauthorized: false },
        connections: 2,
        headersTimeout: 5_000,
      })
      try {
        let next = 0
        let failed = 0
        await Promise.all(
          Array.from({ length: 4 }, async () => {
            while (next < 300) {
              const id = String(next++)
              while ((await answerTo(port, id, dispatcher)) !== id) failed++
            }
          }),
        )
        assert.ok(keel.snapshot().totals.retired['max-requests'] > 0)
        assert.ok(failed < 150, `${failed} tries failed`)
      } finally {
        await dispatcher.destroy()
      }
    })
  })
})

async function answerTo(port: number, id: string, dispatcher: Agent): Promise<string | undefined> {
  try {
    const { body } = await request(`https://localhost:${port}/`, { dispatcher, headers: { 'x-id': id } })
    return await body.text()
  } catch {
    return undefined
  }
}
