import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { App } from '../apps/app.js'
import { assertKept, assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { draining, within } from './draining.js'
import { upgrade, upgrading } from './in-flight.js'
import { step, until } from './time.js'

/** A drain ends, and says how. */
export function bounds(app: App): void {
  describe(`${app.name}: the end of a drain of 10 000 ms`, () => {
    it('destroys what is in flight 2 000 ms behind the window, with a grace of that, and counts it', () =>
      draining(app, async ({ connect, nextWaiting, drain, pass, settled, keel, closes }) => {
        const client = await connect()
        const waiting = nextWaiting()
        client.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
        await waiting
        const report = drain({ within, grace: 2_000 })
        await pass(within + 2_000 - step)
        assert.equal(keel().snapshot().totals.destroyed, 0)
        assert.equal(closes.length, 0)
        const { closedPolitely, closedIdle, destroyed, duration } = await settled(report)
        assert.deepEqual([closedPolitely, closedIdle, destroyed, duration], [0, 0, 1, within + 2_000])
        assert.equal(keel().snapshot().totals.destroyed, 1)
        await client.ended
      }))

    it('waits for it without a grace, 600 000 ms and more', () =>
      draining(app, async ({ connect, nextWaiting, drain, pass, settled }) => {
        const client = await connect()
        const waiting = nextWaiting()
        const response = client.request('/wait')
        const answer = await waiting
        const report = drain({ within })
        await pass(600_000)
        answer()
        assertMarked(await response)
        const { closedPolitely, destroyed } = await settled(report)
        assert.deepEqual([closedPolitely, destroyed], [1, 0])
      }))

    it('comes 500 ms behind a marked response that came at 9 900 ms, though its client never closes', () =>
      draining(app, async ({ connect, nextWaiting, drain, pass, inFlight, settled, closes }) => {
        const client = await connect({ halfOpen: true })
        const waiting = nextWaiting()
        const response = client.request('/wait')
        const answer = await waiting
        const report = drain({ within, grace: 5_000 })
        await pass(within - 100)
        answer()
        assertMarked(await response)
        assert.equal(await client.ended, 'fin')
        await inFlight(0)
        const { closedPolitely, destroyed } = await settled(report)
        assert.deepEqual([closedPolitely, destroyed], [1, 0])
        assert.deepEqual(closes, [{ key: client.key, at: within + 400 }])
      }))

    it('comes by window and grace, whatever clients do, and the report has each connection once', () =>
      draining(
        app,
        async ({ port, connect, nextWaiting, used, inFlight, drain, pass, settled, keel }) => {
          const idle = await used(3)
          await pass(5_000)
          const busy = await used(3)
          const silent = await RawClient.connect({ port })
          const begun = await connect()
          await begun.sent('GET /ok HTTP/1.1\r\nHost: local')
          const upload = await connect()
          upload.send('POST /answer/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nfirst')
          const waiting = nextWaiting()
          const unanswered = await connect()
          unanswered.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
          await waiting
          const polite = await connect()
          await polite.request('/ok', upgrade)
          const stubborn = await connect()
          await stubborn.request('/ok', { headers: `${upgrade.headers}X-Stubborn: yes\r\n` })
          await until(() => keel().snapshot().connections.total === 12)
          await inFlight(2)
          const report = drain({ within, grace: 1_000 })
          await pass(500)
          const newcomer = await connect()
          assertMarked(await newcomer.request('/ok'))
          await pass(within - 500)
          for (const client of [...idle, ...busy, silent, begun, polite])
            assert.equal(await client.ended, 'fin')
          const { duration, requests, ...fates } = await settled(report)
          assert.equal(duration, within + 1_000)
          assert.equal(requests, 1)
          assert.deepEqual(fates, {
            connections: 12,
            newcomers: 1,
            closedPolitely: 2,
            closedIdle: 8,
            destroyed: 3,
            lateRequests: 0,
          })
          assert.equal(keel().snapshot().connections.total, 0)
          assert.equal(keel().snapshot().totals.destroyed, 3)
        },
        { prepare: upgrading },
      ))

    it('comes at once for a server without connections, with 0 everywhere', () =>
      draining(app, async ({ drain, keel }) => {
        assert.deepEqual(await drain({ within }), {
          connections: 0,
          newcomers: 0,
          closedPolitely: 0,
          closedIdle: 0,
          destroyed: 0,
          requests: 0,
          lateRequests: 0,
          duration: 0,
        })
        assert.equal(keel().ready, true)
      }))

    it('lets the server serve on as before', () =>
      draining(app, async ({ used, use, drain, pass, settled, connect }) => {
        await used(2)
        await pass(5_000)
        await settled(drain({ within }))
        const client = await connect()
        assertKept(await use(client))
        const report = drain({ within })
        assert.equal((await settled(report)).connections, 1)
      }))
  })
}
