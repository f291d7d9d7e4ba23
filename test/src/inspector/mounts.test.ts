import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { evenkeel as onExpress } from '@evenkeel/express'
import { evenkeel as onFastify } from '@evenkeel/fastify'
import { inspector } from '@evenkeel/inspector'
import { evenkeel as onKoa } from '@evenkeel/koa'
import { attach } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import express5 from 'express'
import express4 from 'express4'
import fastify from 'fastify'
import Koa3 from 'koa'
import Koa2 from 'koa2'
import { ask, session } from '../http2/serving.js'
import { ViewingClient } from './viewing.js'

/** Each as the package's README mounts it. */
const mounts: Record<string, () => Server> = {
  'node:http': () => {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      if (pathname === '/keel') page(request, response)
      else response.end('ok')
    })
    const page = inspector(attach(server))
    return server
  },
  ...Object.fromEntries(
    [express4, express5].map((express, i) => [
      `Express ${i + 4}`,
      () => {
        const app = express()
        const middleware = onExpress()
        app.use(middleware)
        app.use(
          '/keel',
          inspector(() => middleware.keel),
        )
        app.set('env', 'test')
        return createServer(app)
      },
    ]),
  ),
  ...Object.fromEntries(
    [Koa2, Koa3].map((Koa, i) => [
      `Koa ${i + 2}`,
      () => {
        const app = new Koa()
        const middleware = onKoa()
        const page = inspector(() => middleware.keel)
        app.use(middleware)
        app.use((context, next) => {
          if (context.path !== '/keel') return next()
          context.respond = false
          return page(context.req, context.res)
        })
        return createServer(app.callback())
      },
    ]),
  ),
}

async function looksRight(port: number): Promise<void> {
  const client = await RawClient.connect({ port })
  let viewer: ViewingClient | undefined
  try {
    const { status, body } = await client.request('/keel')
    assert.equal(status, 200)
    assert.match(body, /^<!doctype html>/)
    assert.equal((await client.request('/elsewhere/')).body.startsWith('<!doctype'), false)
    viewer = await ViewingClient.open(port)
    assert.equal(viewer.headers['content-type'], 'text/event-stream')
    const { now } = await viewer.frame()
    assert.deepEqual(now?.connections, { new: 0, active: 1, idle: 1, upgraded: 0, total: 2 })
    assert.equal(now?.viewers, 1)
  } finally {
    client.close()
    viewer?.close()
  }
}

describe('the page, mounted', { timeout: 20_000 }, () => {
  for (const [name, create] of Object.entries(mounts)) {
    it(`in ${name} is served, and sees its own stream`, () =>
      listening(create(), ({ port }) => looksRight(port)))
  }

  it('in Fastify is served, and sees its own stream', async () => {
    const app = fastify({ forceCloseConnections: true })
    await app.register(onFastify)
    const page = inspector(app.evenkeel)
    app.get('/keel', (request, reply) => {
      reply.hijack()
      page(request.raw, reply.raw)
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    try {
      await looksRight((app.server.address() as AddressInfo).port)
    } finally {
      await app.close()
    }
  })

  it('over HTTP/2 is served, and sees its own session', async () => {
    const server = createHttp2Server((request, response) => page(request, response))
    const page = inspector(attach(server))
    await listening(server, async ({ port }) => {
      const client = await session(port)
      assert.match((await ask(client, '/keel')).body, /^<!doctype html>/)
      const stream = client.request({ ':path': '/keel?events' }).setEncoding('utf8')
      const [text] = await once(stream, 'data')
      const { now } = JSON.parse(String(text).replace(/^data: /, ''))
      assert.equal(now.connections.active, 1)
      assert.equal(now.viewers, 1)
      stream.close()
      await once(stream, 'close')
      client.destroy()
    })
  })

  it('below a path has nothing below itself: 404', async () => {
    const app = express5()
    app.use('/keel', inspector(attach(createServer())))
    await listening(createServer(app), async ({ connect }) => {
      const client = await connect()
      assert.equal((await client.request('/keel/')).status, 200)
      const { status, body } = await client.request('/keel/secrets')
      assert.equal(status, 404)
      assert.equal(body, 'There is nothing here: the page is one path up.\n')
    })
  })
})
