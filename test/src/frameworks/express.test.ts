import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { describe, it } from 'node:test'
import { attach, evenkeel, type Keel, OptionError } from '@evenkeel/express'
import express from 'express'
import request from 'supertest'

/** Without it supertest asks for `Connection: close` itself. */
const keepAlive = new Agent({ keepAlive: true })

describe('@evenkeel/express', () => {
  it('works in an application that supertest calls', async () => {
    const app = express()
    app.use(evenkeel({ maxRequestsPerConnection: 1, jitter: 0 }))
    app.get('/', (_request, response) => void response.send('ok'))
    await request(app).get('/').agent(keepAlive).expect(200, 'ok').expect('connection', 'close')
    await request(app).get('/missing').agent(keepAlive).expect(404).expect('connection', 'close')
  })

  it('has no keel before the first request, then that of the server met last', async () => {
    const app = express()
    const middleware = evenkeel({ maxRequestsPerConnection: 100 })
    app.use(middleware, (_request, response) => void response.send('ok'))
    assert.ok(middleware.keel === undefined)
    await request(app).get('/')
    const { keel } = middleware as { keel: Keel | undefined }
    assert.equal(keel?.limits.maxRequestsPerConnection, 100)
    assert.equal(keel?.snapshot().totals.requests, 1)
  })

  it('forgets servers that have closed', async () => {
    const app = express()
    const middleware = evenkeel()
    app.use(middleware, (_request, response) => void response.send('ok'))
    const agents = [app.listen(0), app.listen(0)]
    for (const server of agents) await request(server).get('/')
    assert.equal([...middleware.keels].length, 2)
    await Promise.all(agents.map((server) => new Promise((closed) => server.close(closed))))
    assert.equal([...middleware.keels].length, 0)
  })

  it('joins a server that was attached at start, and counts each request once', async () => {
    const app = express()
    const middleware = evenkeel()
    app.use(middleware, (_request, response) => void response.send('ok'))
    const server = app.listen(0)
    const keel = attach(server, { maxRequestsPerConnection: 50 })
    await request(server).get('/')
    assert.equal(middleware.keel, keel)
    assert.equal(keel.snapshot().totals.requests, 1)
    await new Promise((closed) => server.close(closed))
  })

  it('throws for a bad option when it is made, not when a request comes', () => {
    assert.throws(() => evenkeel({ maxRequestsPerConnection: 0 }), OptionError)
  })
})
