import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { describe } from 'node:test'
import { evenkeel as forExpress } from '@evenkeel/express'
import { evenkeel as forKoa } from '@evenkeel/koa'
import type { Keel, ServerOptions } from '@evenkeel/node'
import { nextClose } from '@evenkeel/test-kit/closes'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import express from 'express'
import Koa from 'koa'
import { it } from '../wire/it.js'
import { assertQuiet } from './guard.js'
import { everySettings } from './settings.js'

/** What stands in front of the middleware, for a path of `/wait`. */
type Front = () => Promise<void>

interface Late {
  readonly server: Server
  readonly middleware: { readonly keel: Keel | undefined }
}

/** Frameworks whose middleware meets its server with the first request that reaches it. */
const frameworks: Readonly<Record<string, (front: Front, options: ServerOptions) => Late>> = {
  'Express 5': (front, options) => {
    const middleware = forExpress(options)
    const app = express()
      .use('/wait', (_request, _response, next) => void front().then(() => next()))
      .use(middleware)
      .use((_, response) => void response.end('ok'))
    return { server: createServer(app), middleware }
  },
  'Koa 3': (front, options) => {
    const middleware = forKoa(options)
    const app = new Koa()
    app.use(async ({ path }, next) => {
      if (path === '/wait') await front()
      return next()
    })
    app.use(middleware)
    app.use((context) => {
      context.body = 'ok'
    })
    return { server: createServer(app.callback()), middleware }
  },
}

for (const { name, options } of everySettings) {
  describe(`a server that is met late, ${name}`, () => {
    for (const [framework, create] of Object.entries(frameworks)) {
      for (const how of ['reset', 'close', 'destroy'] as const) {
        it(`${framework}: its first request ends (${how}) in front of the middleware`, async () => {
          let go = (): void => {}
          const front = (): Promise<void> =>
            new Promise((resolve) => {
              go = resolve
              server.emit('waiting')
            })
          const { server, middleware } = create(front, options)
          server.listen(0, '127.0.0.1')
          await once(server, 'listening')
          try {
            const { port } = server.address() as AddressInfo
            const accepted = once(server, 'connection')
            const waiting = once(server, 'waiting')
            const first = await RawClient.connect({ port })
            first.socket.on('error', () => {})
            first.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
            const [socket] = (await accepted) as [Socket]
            await waiting
            const gone = new Promise((resolve) => socket.on('close', resolve))
            if (how === 'destroy') socket.destroy()
            else first[how]()
            await gone
            go()

            const second = await RawClient.connect({ port })
            assert.equal((await second.request('/')).body, 'ok')
            const keel = middleware.keel ?? assert.fail('the second request has met the server')
            assert.equal(keel.snapshot().connections.active, 0)
            const closed = nextClose(keel)
            second.close()
            await closed
            const { connections, totals } = keel.snapshot()
            assert.equal(connections.total, 0)
            assert.equal(totals.opened, totals.closed)
          } finally {
            server.closeAllConnections()
            server.close()
          }
          await assertQuiet()
        })
      }
    }
  })
}
