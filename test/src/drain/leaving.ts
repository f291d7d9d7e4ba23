import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe } from 'node:test'
import type { App } from '../apps/app.js'
import { assertMarked, isMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { within } from './draining.js'
import { served } from './served.js'
import { step, until } from './time.js'

/** The whole way out, for a server behind any application. */
export function leaving(app: App): void {
  describe(`${app.name}: shutdown`, () => {
    it('answers a probe with 200 ready before, and with 503 leaving from the call on', () =>
      served(app, async ({ connect, use, keel, leave, settled }) => {
        const client = await connect()
        const before = await use(client, '/own/ready')
        assert.deepEqual([before.status, before.body], [200, 'ready\n'])
        assert.equal(before.headers.get('cache-control'), 'no-store')
        assert.equal(keel().ready, true)
        const report = leave({ within })
        assert.equal(keel().ready, false)
        const after = await client.request('/own/ready')
        assert.deepEqual([after.status, after.body], [503, 'leaving\n'])
        assert.equal(after.headers.get('cache-control'), 'no-store')
        const other = await (await connect()).request('/own/ready')
        assert.equal(other.status, 503)
        assertMarked(other)
        await settled(report)
      }))

    it('drains 5 connections in use over its 10 000 ms, marks all of them, and then closes the server', () =>
      served(
        app,
        async ({ used, connect, leave, server, pass, settled }) => {
          const clients = new Set(await used(5))
          const isClosed = once(server, 'close')
          const report = leave()
          const times: number[] = []
          for (let time = 0; clients.size > 0 && time < within; time += 250) {
            for (const client of clients) {
              const response = await client.request('/ok')
              assert.equal(response.body, 'ok')
              if (!isMarked(response)) continue
              assert.equal(await client.ended, 'fin')
              clients.delete(client)
              times.push(time)
            }
            if (clients.size > 0) assert.equal(server.listening, true)
            await pass(250)
          }
          assert.equal(clients.size, 0)
          assert.ok(new Set(times).size >= 4, `they left at ${times.join(', ')}`)
          const { connections, closedPolitely } = await settled(report)
          await isClosed
          assert.deepEqual([connections, closedPolitely], [5, 5])
          assert.equal(server.listening, false)
          await assert.rejects(connect(), { code: 'ECONNREFUSED' })
        },
        { attached: false },
      ))

    it('destroys what is in flight 5 000 ms behind the window, where no grace is given', () =>
      served(app, async ({ connect, nextWaiting, leave, pass, settled, keel, server }) => {
        const waiting = nextWaiting()
        const client = await connect()
        client.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
        await waiting
        const report = leave()
        await pass(within + 4_950)
        assert.equal(keel().snapshot().totals.destroyed, 0)
        const { destroyed, duration } = await settled(report)
        assert.deepEqual([destroyed, duration], [1, within + 5_000])
        assert.equal(server.listening, false)
        await client.ended
      }))

    it('destroys what came behind the window and is in flight, one grace later', () =>
      served(app, async ({ connect, nextWaiting, leave, pass, keel, server }) => {
        const [first, second] = [nextWaiting(), nextWaiting()]
        const client = await connect()
        const response = client.request('/wait')
        const answer = await first
        const report = leave({ within, grace: 200 })
        await pass(within)
        const newcomer = await connect()
        newcomer.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
        await second
        answer()
        assertMarked(await response)
        assert.equal(await client.ended, 'fin')
        // Until the server has heard of that.
        await until(() => keel().snapshot().connections.total === 1)
        await pass(step)
        const { connections, newcomers, destroyed } = await report
        assert.deepEqual([connections, newcomers, destroyed], [1, 0, 0])
        assert.equal(keel().snapshot().totals.destroyed, 1)
        assert.equal(server.listening, false)
        await newcomer.ended
      }))
  })
}
