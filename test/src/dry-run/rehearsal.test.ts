import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { describe } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { retireSignal, type ServerOptions } from '@evenkeel/node'
import { seeded } from '@evenkeel/test-kit/seeded'
import type { App } from '../apps/app.js'
import { plain } from '../apps/plain.js'
import { secure } from '../apps/secure.js'
import { kinds, serving as servingHttp2 } from '../drain/http2-serving.js'
import { served } from '../drain/served.js'
import { until } from '../drain/time.js'
import { type Hearing, hearing } from '../events/hearing.js'
import { ask } from '../http2/serving.js'
import { assertKept, assertMarked, isMarked } from '../serving.js'
import { it } from '../wire/it.js'

function rehearsing(
  app: App,
  options: ServerOptions,
  test: (context: Hearing) => Promise<void>,
  settings: { own?: RequestListener } = {},
): Promise<void> {
  return hearing(app, { dryRun: true, ...options }, test, settings)
}

function assertNothingClosed({ heard, keel }: Hearing): void {
  assert.deepEqual(heard.of('close'), [])
  assert.equal(keel().snapshot().totals.closed, 0)
}

for (const app of [plain, secure]) {
  describe(`${app.name}: a dry run`, () => {
    it('tells a retirement, and lets the connection stand for the next one from its next request on', () =>
      rehearsing(app, { maxRequestsPerConnection: 3 }, async (context) => {
        const { connect, use, heard, keel } = context
        const client = await connect()
        for (let request = 1; request <= 10; request++) {
          assertKept(await use(client))
          const { retired, totals } = { ...keel().snapshot(), retired: [...keel().connections()][0]?.retired }
          assert.equal(totals.retired['max-requests'], Math.floor(request / 3), `behind request ${request}`)
          assert.equal(retired, request % 3 === 0 ? 'max-requests' : undefined, `behind request ${request}`)
        }
        assert.deepEqual(heard.story(client.key), ['open', 'retire', 'retire', 'retire'])
        const { opened, requests } = keel().snapshot().totals
        assert.deepEqual([opened, requests], [1, 10])
        assertNothingClosed(context)
      }))

    it('rehearses keel.retire: true, an event, no mark', () =>
      rehearsing(app, {}, async (context) => {
        const { connect, use, keel, heard } = context
        const client = await connect()
        await use(client)
        assert.equal(keel().retire(client.key), true)
        assert.equal(keel().retire(client.key), false)
        assert.equal(heard.only('retire').reason, 'manual')
        assertKept(await use(client))
        assert.equal(keel().snapshot().totals.retired.manual, 1)
        assertNothingClosed(context)
      }))

    it('rehearses keel.drain: the report comes, idle or used, and nobody is closed or marked', () =>
      rehearsing(app, {}, async (context) => {
        const { used, use, drain, settled, passUntil, heard, keel } = context
        const clients = await used(6)
        const over = drain({ within: 10_000 })
        await passUntil(() => heard.of('retire').length > 0)
        for (const client of clients.slice(0, 3)) assertKept(await use(client))
        const report = await settled(over)
        assert.equal(report.connections, 6)
        assert.equal(report.closedPolitely + report.closedIdle + report.destroyed, 6)
        assert.equal(report.destroyed, 0)
        assert.equal(keel().snapshot().totals.retired.drain, 6)
        assert.equal(heard.of('drained').length, 1)
        for (const client of clients) assertKept(await use(client))
        assert.equal(keel().ready, true)
        assertNothingClosed(context)
      }))

    it('fires no retireSignal and destroys nothing behind a grace, but counts that it would have', () => {
      const held: ServerResponse[] = []
      const signals: AbortSignal[] = []
      return rehearsing(
        app,
        { maxConnectionAge: 10_000, maxConnectionAgeGrace: 2_000 },
        async (context) => {
          const { connect, pass, heard, keel } = context
          const client = await connect()
          client.send('GET /own/stream HTTP/1.1\r\nHost: localhost\r\n\r\n')
          await until(() => held.length > 0)
          await pass(20_000)
          assert.deepEqual(heard.story(client.key), ['open', 'retire', 'destroy'])
          assert.equal(heard.only('destroy').connection.inFlight, 1)
          assert.equal(keel().snapshot().totals.destroyed, 1)
          keel().retire(client.key)
          held[0]?.end('whole')
          const response = await client.response()
          assert.equal(response.body, 'whole')
          assertKept(response)
          assertKept(await client.request('/ok'))
          await setImmediate()
          assert.deepEqual(
            signals.map(({ aborted }) => aborted),
            [false],
          )
          assertNothingClosed(context)
        },
        {
          own: (request, response) => {
            signals.push(retireSignal(request))
            held.push(response)
          },
        },
      )
    })

    it('predicts evictions and refusals, and serves everybody', () =>
      rehearsing(app, { maxConnections: 4 }, async (context) => {
        const { used, connect, use, pass, heard, keel, server } = context
        assert.equal(server.maxConnections, undefined)
        const clients = await used(3)
        await pass(2_000)
        clients.push(await connect())
        await heard.until('evict')
        assert.deepEqual(heard.only('evict').connection.key, clients[0]?.key)
        // Within the quiet guard of the others nobody can make room.
        for (const client of clients.slice(1)) await use(client)
        for (let count = 0; count < 3; count++) clients.push(await connect())
        await until(() => keel().snapshot().totals.refused > 0)
        assert.equal(heard.of('refuse').length, keel().snapshot().totals.refused)
        for (const client of clients) assertKept(await use(client))
        assert.equal(keel().snapshot().connections.total, 7)
        assert.deepEqual(heard.of('idle-close'), [])
        assertNothingClosed(context)
      }))

    it('predicts that an idle connection times out, once for each time that it is used', () =>
      rehearsing(app, { idleTimeout: 3_000 }, async (context) => {
        const { connect, use, pass, heard, keel } = context
        const client = await connect()
        for (let time = 1; time <= 3; time++) {
          assertKept(await use(client))
          await pass(2_000)
          assert.equal(keel().snapshot().totals.retired['idle-timeout'], time - 1)
          await pass(10_000)
          assert.equal(keel().snapshot().totals.retired['idle-timeout'], time)
        }
        assert.equal(heard.of('retire').length, 3)
        assertNothingClosed(context)
      }))

    it('ends by an update: the next limit that is reached is a real one, and not all leave at once', () =>
      rehearsing(app, { maxRequestsPerConnection: 10, jitter: 0.8, random: seeded(7) }, async (context) => {
        const { connect, use, keel, closed } = context
        const clients = await Promise.all(Array.from({ length: 12 }, () => connect()))
        // Long behind the limit of a real run, each at a place of its own.
        for (const [place, client] of clients.entries())
          for (let request = 0; request < 12 + place; request++) assertKept(await use(client))
        const rehearsed = keel().snapshot().totals.retired['max-requests']
        keel().update({ dryRun: false })
        assert.equal(keel().limits.dryRun, false)
        const lasts: number[] = []
        for (const client of clients) {
          let requests = 1
          while (!isMarked(await client.request('/ok'))) requests++
          assert.ok(requests <= 10, `${requests} more requests with a limit of 10`)
          lasts.push(requests)
        }
        await closed(12)
        assert.ok(new Set(lasts).size >= 4, `they leave behind ${lasts.join(', ')} requests`)
        assert.ok(
          lasts.filter((last) => last === 1).length <= 4,
          `they leave behind ${lasts.join(', ')} requests`,
        )
        assert.equal(keel().snapshot().totals.retired['max-requests'], rehearsed + 12)
      }))

    it('ends by an update while all are counted as gone: not all leave with their next response', () =>
      rehearsing(app, { maxConnectionAge: 10_000, jitter: 0.5, random: seeded(8) }, async (context) => {
        const { used, use, pass, keel } = context
        const clients = await used(12)
        await pass(11_000)
        for (const client of clients) assertKept(await use(client))
        assert.equal(keel().snapshot().totals.retired['max-age'], 12)
        keel().update({ dryRun: false })
        for (const client of clients) assertKept(await use(client))
        let marked = 0
        for (let second = 0; second < 11; second++) {
          await pass(1_000)
          for (const client of clients) {
            if (client.socket.readableEnded || client.socket.destroyed) continue
            if (isMarked(await client.request('/ok'))) {
              await client.ended
              marked++
            }
          }
          if (second === 3) assert.equal(marked, 0, 'they have at least half of their age before them')
          if (second === 7) assert.ok(marked > 0 && marked < 12, `${marked} of 12 have left by then`)
        }
        assert.equal(marked, 12)
      }))

    it('begins by an update: what is marked closes, and nobody else', () =>
      rehearsing(app, { dryRun: false, maxRequestsPerConnection: 3 }, async (context) => {
        const { connect, use, keel, closed, server, heard } = context
        const [leaving, waiting, staying] = [await connect(), await connect(), await connect()]
        assert.notEqual(server.headersTimeout, 60_000)
        for (let request = 0; request < 2; request++) {
          await use(leaving)
          await use(staying)
        }
        await use(waiting)
        keel().retire(waiting.key)
        assertMarked(await leaving.request('/ok'))
        keel().update({ dryRun: true })
        assert.equal(await leaving.ended, 'fin')
        await closed(1)
        for (let request = 0; request < 7; request++) {
          assertKept(await use(staying))
          assertKept(await use(waiting))
        }
        assert.equal(server.headersTimeout, 60_000)
        assert.equal(server.keepAliveTimeout, 5_000)
        assert.equal(heard.of('close').length, 1)
      }))

    it('begins by an update while a last request is answered: the answer says so, or nobody would know', () =>
      rehearsing(
        app,
        { dryRun: false, maxRequestsPerConnection: 1 },
        async ({ connect, nextWaiting, keel, closed, heard }) => {
          const [one, other] = [await connect(), await connect()]
          for (const [client, options] of [
            [one, [{ dryRun: true }]],
            [other, [{ dryRun: true }, { dryRun: false, maxRequestsPerConnection: 9 }]],
          ] as const) {
            keel().update({ dryRun: false, maxRequestsPerConnection: 1 })
            const waiting = nextWaiting()
            client.send(
              'GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\nGET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n',
            )
            const answer = await waiting
            for (const update of options) keel().update(update)
            answer()
            assertMarked(await client.response())
            assert.equal(await client.ended, 'fin')
            assert.equal(client.rest, '')
          }
          await closed(2)
          assert.equal(heard.of('late').length, 2)
        },
      ))

    it('leaves in earnest all the same: shutdown marks, closes, and reports', () =>
      served(
        app,
        async ({ used, use, leave, settled, passUntil, server, keel }) => {
          const clients = await used(4)
          const [first] = clients
          assert.ok(first)
          for (let request = 0; request < 5; request++) assertKept(await use(first))
          const over = once(server, 'close')
          const left = leave({ within: 10_000 })
          await passUntil(() => [...keel().connections()].some(({ retired }) => retired === 'drain'))
          const retired = [...keel().connections()].find((connection) => connection.retired === 'drain')
          const client = clients.find(({ key }) => key === retired?.key) ?? assert.fail()
          assertMarked(await client.request('/ok'))
          const report = await settled(left)
          await over
          assert.equal(report.connections, 4)
          assert.ok(report.closedPolitely >= 1)
          assert.equal(keel().snapshot().connections.total, 0)
          for (const { ended } of clients) assert.equal(await ended, 'fin')
        },
        { options: { dryRun: true } },
      ))
  })
}

for (const kind of kinds) {
  describe(`http2, ${kind.name}: a dry run`, () => {
    it('rehearses all that would end a session, and ends none', () =>
      servingHttp2(
        kind,
        async ({ open, keel, waiting, time }) => {
          const client = await open()
          let isTold = false
          client.on('goaway', () => {
            isTold = true
          })
          for (let stream = 0; stream < 8; stream++) assert.equal((await ask(client)).body, 'ok')
          await time.pass(6_000)
          const { response, answer } = await waiting(client)
          for (const { key } of keel.connections()) keel.retire(key)
          await time.pass(30_000)
          const report = await time.settled(keel.drain({ within: 1_000, grace: 1_000 }))
          assert.equal(report.connections, 1)
          answer()
          assert.equal((await response).body, 'ok')
          assert.equal((await ask(client)).body, 'ok')
          const { totals, connections } = keel.snapshot()
          assert.equal(connections.total, 1)
          assert.equal(isTold, false)
          assert.equal(totals.closed, 0)
          assert.equal(totals.retired['max-requests'], 2)
          assert.equal(totals.retired['idle-timeout'], 1)
          assert.equal(totals.retired.manual, 1)
          assert.ok(totals.destroyed >= 1)
        },
        {
          dryRun: true,
          maxRequestsPerConnection: 3,
          maxConnectionAge: 10_000,
          maxConnectionAgeGrace: 2_000,
          idleTimeout: 5_000,
        },
      ))

    it('begins by an update in the same turn in which 2 sessions are retired: nobody says GOAWAY', () =>
      servingHttp2(
        kind,
        async ({ open, keel }) => {
          const clients = [await open(), await open()]
          const told: number[] = []
          for (const [index, client] of clients.entries()) {
            client.on('goaway', () => told.push(index))
            await ask(client)
          }
          for (const { key } of keel.connections()) assert.equal(keel.retire(key), true)
          keel.update({ dryRun: true })
          for (let stream = 0; stream < 3; stream++)
            for (const client of clients) assert.equal((await ask(client)).body, 'ok')
          assert.deepEqual(told, [])
          assert.equal(keel.snapshot().totals.retired.manual, 2)
        },
        { dryRun: false },
      ))

    it('ends by a listener of the retirement that would be the first: nobody says GOAWAY for it', () =>
      servingHttp2(
        kind,
        async ({ open, keel }) => {
          keel.on('retire', () => keel.update({ dryRun: false }))
          const client = await open()
          let isTold = false
          client.on('goaway', () => {
            isTold = true
          })
          for (let stream = 0; stream < 3; stream++) assert.equal((await ask(client)).body, 'ok')
          assert.equal(isTold, false)
        },
        { dryRun: true, maxRequestsPerConnection: 2 },
      ))
  })
}
