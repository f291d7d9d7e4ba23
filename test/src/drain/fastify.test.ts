import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe } from 'node:test'
import { shutdown } from '@evenkeel/fastify'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { FastifyInstance } from 'fastify'
import { assertKept, assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { create, type Options, useUntilMarked, within } from './fastify-serving.js'
import { type Time, timed } from './time.js'

/** An instance that listens, and three clients whose connections are in use. */
async function serving(
  options: Options,
  test: (app: FastifyInstance, clients: Set<RawClient>, time: Time) => Promise<void>,
): Promise<void> {
  await timed(async (time) => {
    const app = await create(time, options)
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const clients = new Set<RawClient>()
    try {
      for (let count = 0; count < 3; count++) {
        const client = await RawClient.connect({ port })
        assertKept(await client.request('/'))
        clients.add(client)
      }
      await test(app, clients, time)
    } finally {
      for (const client of clients) client.close()
      await app.close()
    }
  })
}

describe('shutdown of a Fastify instance', () => {
  it('drains its 3 connections within 10 000 ms, closes the instance, and runs its onClose hooks', () =>
    serving({}, async (app, clients, time) => {
      const hook = once(app.server, 'hook')
      const report = shutdown(app, { within })
      assert.equal(app.evenkeel.ready, false)
      const marks = await useUntilMarked(clients, time)
      assert.ok(marks.every(([at, status]) => at <= within && status === 200))
      assert.ok(new Set(marks.map(([at]) => at)).size >= 2)
      const { connections, closedPolitely } = await time.settled(report)
      await hook
      assert.deepEqual([connections, closedPolitely], [3, 3])
      assert.equal(app.server.listening, false)
    }))

  for (const [return503OnClosing, status] of [
    [false, 200],
    [true, 503],
  ] as const) {
    it(`that waits for a signal is drained by app.close(), and answers ${status} meanwhile`, () =>
      serving({ return503OnClosing }, async (app, clients, time) => {
        const listeners = process.listenerCount('SIGWINCH')
        const report = shutdown(app, { within, signals: ['SIGWINCH'], delay: 60_000 })
        await time.pass(1_000)
        assert.equal(app.evenkeel.ready, true)
        const closing = app.close()
        await time.pass(50)
        assert.equal(app.evenkeel.ready, false)
        const [client] = clients
        assert.ok(client)
        const response = await client.request('/')
        // Fastify says so itself by now.
        assertMarked(response)
        assert.equal(response.status, status)
        await time.pass(1_000)
        assert.equal(app.server.listening, true, 'the others have their time')
        await time.settled(closing)
        const { connections, closedPolitely, closedIdle } = await time.settled(report)
        assert.deepEqual([connections, closedPolitely, closedIdle], [3, 1, 2])
        assert.equal(process.listenerCount('SIGWINCH'), listeners)
        assert.equal(app.server.listening, false)
      }))
  }

  it('is not drained by app.close() where no shutdown was asked for', () =>
    serving({}, async (app) => {
      const closed = once(app.server, 'close')
      await app.close()
      await closed
      assert.equal(app.evenkeel.snapshot().totals.retired.drain, 0)
    }))

  it('answers a probe through the instance', () =>
    serving({}, async (app, clients, time) => {
      const [client] = clients
      assert.ok(client)
      assert.equal((await client.request('/ready')).body, 'ready\n')
      const report = shutdown(app, { within })
      const { status, body } = await client.request('/ready')
      assert.deepEqual([status, body], [503, 'leaving\n'])
      for (const client of clients) client.close()
      await time.settled(report)
    }))

  it('answers a probe with 200 that came over no network', () =>
    serving({}, async (app) => {
      const { statusCode, body } = await app.inject('/ready')
      assert.deepEqual([statusCode, body], [200, 'ready\n'])
    }))
})
