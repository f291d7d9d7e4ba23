import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { type Event, evenkeel, type ServerOptions } from '@evenkeel/express'
import { listening } from '@evenkeel/test-kit/listening'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import express from 'express'
import { Gate } from '../wire/gate.js'
import { it } from '../wire/it.js'

/** An application whose middleware meets its server within the first request's store. */
interface Scene {
  connect(): Promise<RawClient>
  /** Resolves when an event has told of a client's connection, with the store that its listener saw. */
  seen(type: Event['type'], client: RawClient): Promise<string | undefined>
  readonly first: RawClient
}

async function scene(options: ServerOptions, test: (scene: Scene) => Promise<void>): Promise<void> {
  const stores = new AsyncLocalStorage<string>()
  const middleware = evenkeel({ jitter: 0, ...options })
  const app = express()
    .use((request, _response, next) => stores.run(request.path, next))
    .use(middleware)
    .use('/retire', (request, _response, next) => {
      middleware.keel?.retire(request)
      next()
    })
    .use((_request, response) => void response.end('ok'))
  await listening(createServer(app), async ({ connect }) => {
    const first = await connect()
    await first.request('/first')
    const { keel = assert.fail() } = middleware
    const told: { readonly type: string; readonly key: string; readonly store: string | undefined }[] = []
    const gate = new Gate()
    for (const type of ['open', 'retire', 'evict', 'close'] as const) {
      keel.on(type, ({ connection: { key } }) => {
        told.push({ type, key, store: stores.getStore() })
        gate.notify()
      })
    }
    const seen: Scene['seen'] = async (type, { key }) => {
      const find = (): number => told.findIndex((event) => event.type === type && event.key === key)
      await gate.until(() => find() !== -1)
      return told[find()]?.store
    }
    await test({ connect, seen, first })
  })
}

describe("a keel's listeners, where a request's store has met the server", { concurrency: true }, () => {
  it("'open' sees no store", () =>
    scene({}, async ({ connect, seen }) => {
      assert.equal(await seen('open', await connect()), undefined)
    }))

  it("'retire' sees the store of the request whose response is the last", () =>
    scene({ maxRequestsPerConnection: 2 }, async ({ connect, seen }) => {
      const client = await connect()
      await client.request('/one')
      await client.request('/two')
      assert.equal(await seen('retire', client), '/two')
    }))

  it("'retire' sees the store of the handler that calls retire()", () =>
    scene({}, async ({ connect, seen }) => {
      const client = await connect()
      await client.request('/retire')
      assert.equal(await seen('retire', client), '/retire')
    }))

  it("'retire' of a used connection that is idle too long sees the store of its own last request", () =>
    scene({ idleTimeout: 1 }, async ({ connect, seen }) => {
      const client = await connect()
      await client.request('/one')
      assert.equal(await seen('retire', client), '/one')
    }))

  for (const type of ['retire', 'close'] as const) {
    it(`'${type}' of a silent connection that the sweep ends sees no store`, () =>
      scene({ idleTimeout: 1 }, async ({ connect, seen }) => {
        assert.equal(await seen(type, await connect()), undefined)
      }))
  }

  for (const type of ['retire', 'evict', 'close'] as const) {
    it(`'${type}' of a connection that is evicted sees no store`, () =>
      scene({ maxConnections: 2, quietGuard: 1 }, async ({ connect, seen, first }) => {
        await (await connect()).request('/second')
        await connect()
        assert.equal(await seen(type, first), undefined)
      }))
  }

  it("'close' of a connection that its client has ended sees no other request's store", () =>
    scene({}, async ({ connect, seen }) => {
      const client = await connect()
      await client.request('/one')
      client.close()
      assert.equal(await seen('close', client), undefined)
    }))
})
