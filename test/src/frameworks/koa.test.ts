import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { describe, it } from 'node:test'
import { evenkeel } from '@evenkeel/koa'
import Koa from 'koa'
import request from 'supertest'

/** Without it supertest asks for `Connection: close` itself. */
const keepAlive = new Agent({ keepAlive: true })

describe('@evenkeel/koa', () => {
  it('works in an application that supertest calls', async () => {
    const app = new Koa()
    const middleware = evenkeel({ maxRequestsPerConnection: 1, jitter: 0 })
    app.use(middleware)
    app.use((context) => {
      context.body = 'ok'
    })
    await request(app.callback()).get('/').agent(keepAlive).expect(200, 'ok').expect('connection', 'close')
    assert.equal(middleware.keel?.snapshot().totals.retired['max-requests'], 1)
  })

  it('marks an error that was thrown in front of it', async () => {
    const app = new Koa()
    app.silent = true
    app.use(async (_context, next) => {
      await next()
      throw new Error('thrown on purpose')
    })
    app.use(evenkeel({ maxRequestsPerConnection: 1, jitter: 0 }))
    await request(app.callback()).get('/').agent(keepAlive).expect(500).expect('connection', 'close')
  })
})
