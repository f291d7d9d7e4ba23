import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe } from 'node:test'
import type { ServerOptions } from '@evenkeel/node'
import { type Context, type Kind, kinds, serving } from '../drain/http2-serving.js'
import { until } from '../drain/time.js'
import { ask, goaway } from '../http2/serving.js'
import { it } from '../wire/it.js'
import { Heard } from './heard.js'

interface Hearing extends Context {
  readonly heard: Heard
  /** Sends a request, and waits until it is over for the server as well. */
  use(client: Parameters<typeof ask>[0]): Promise<void>
}

function hearing(
  kind: Kind,
  options: ServerOptions,
  test: (context: Hearing) => Promise<void>,
): Promise<void> {
  return serving(
    kind,
    async (context) => {
      const { keel, server } = context
      const heard = new Heard(keel, server)
      try {
        await test({
          ...context,
          heard,
          use: async (client) => {
            assert.equal((await ask(client)).body, 'ok')
            await until(() => keel.snapshot().connections.active === 0)
          },
        })
        heard.assertPublished()
      } finally {
        heard.stop()
      }
    },
    options,
  )
}

for (const kind of kinds) {
  describe(`http2, ${kind.name}: events`, () => {
    it('of a session that its client ends: open and close, with 2 streams in 3 000 ms', () =>
      hearing(kind, {}, async ({ open, use, time, heard }) => {
        const client = await open()
        await time.pass(1_000)
        await use(client)
        await use(client)
        await time.pass(2_000)
        client.close()
        await heard.until('close')
        const { key, protocol, state } = heard.only('open').connection
        // A session is known behind its handshake, which is known before.
        assert.deepEqual([protocol, state], [kind.secure ? 'tls' : 'http/2', 'new'])
        assert.deepEqual(heard.story(key), ['open', 'close'])
        const { reason, by, wasIdle, connection } = heard.only('close')
        assert.deepEqual(
          [
            reason,
            by,
            wasIdle,
            connection.protocol,
            connection.requests,
            connection.age,
            connection.inFlight,
          ],
          [undefined, 'client', true, 'http/2', 2, 3_000, 0],
        )
        assert.ok(connection.idle >= 2_000 && connection.idle <= 3_000, `idle for ${connection.idle} ms`)
      }))

    it('of a session that has served its 2 streams: retire with the last in flight, close by the server', () =>
      hearing(kind, { maxRequestsPerConnection: 2 }, async ({ open, heard }) => {
        const client = await open()
        await ask(client)
        await Promise.all([goaway(client), ask(client)])
        await heard.until('close')
        const { key } = heard.only('open').connection
        assert.deepEqual(heard.story(key), ['open', 'retire', 'close'])
        const retire = heard.only('retire')
        const { state, requests, inFlight, retired, protocol } = retire.connection
        assert.deepEqual(
          [retire.reason, state, requests, inFlight, retired, protocol],
          ['max-requests', 'active', 2, 1, 'max-requests', 'http/2'],
        )
        const { reason, by, wasIdle } = heard.only('close')
        assert.deepEqual([reason, by, wasIdle], ['max-requests', 'server', false])
      }))

    it('of a session that is idle for 65 000 ms: retire, idle-close, close by the server', () =>
      hearing(kind, { idleTimeout: 65_000 }, async ({ open, use, time, heard }) => {
        const client = await open()
        await use(client)
        await time.pass(64_000)
        assert.deepEqual(heard.of('retire'), [])
        await time.pass(3_000)
        await heard.until('close')
        const { key } = heard.only('open').connection
        assert.deepEqual(heard.story(key), ['open', 'retire', 'idle-close', 'close'])
        const { reason, by, wasIdle, connection } = heard.only('close')
        assert.deepEqual([reason, by, wasIdle, connection.requests], ['idle-timeout', 'server', true, 1])
        assert.ok(connection.idle >= 65_000 && connection.idle <= 67_000, `idle for ${connection.idle} ms`)
      }))

    it('of a session whose grace is over: destroy, with 2 streams in flight', () =>
      hearing(
        kind,
        { maxConnectionAge: 10_000, maxConnectionAgeGrace: 2_000 },
        async ({ open, waiting, time, heard }) => {
          const client = await open()
          client.on('error', () => {})
          const lost = [await waiting(client), await waiting(client)]
          await time.pass(15_000)
          await heard.until('close')
          const { key } = heard.only('open').connection
          assert.deepEqual(heard.story(key), ['open', 'retire', 'destroy', 'close'])
          for (const event of [heard.only('retire'), heard.only('destroy')])
            assert.deepEqual([event.connection.inFlight, event.connection.retired], [2, 'max-age'])
          const { reason, by, wasIdle } = heard.only('close')
          assert.deepEqual([reason, by, wasIdle], ['max-age', 'server', false])
          for (const { response } of lost) assert.equal((await response).status, 0)
        },
      ))

    it('of a session that makes room: retire, evict, idle-close and close', () =>
      hearing(kind, { maxConnections: 4 }, async ({ open, use, time, heard }) => {
        for (let count = 0; count < 3; count++) {
          await use(await open())
          await time.pass(1)
        }
        const longest = heard.of('open')[0]?.connection.key ?? ''
        await time.pass(1_000)
        await use(await open())
        await heard.until('close')
        assert.deepEqual(heard.story(longest), ['open', 'retire', 'evict', 'idle-close', 'close'])
        assert.equal(heard.only('evict').connection.protocol, 'http/2')
      }))

    it('of a client that goes while its stream waits: close, by the client, and not idle', () =>
      hearing(kind, {}, async ({ open, waiting, heard }) => {
        const client = await open()
        client.on('error', () => {})
        const { response } = await waiting(client)
        const over = once(client, 'close')
        client.destroy()
        await Promise.all([over, response, heard.until('close')])
        assert.deepEqual(heard.story(heard.only('open').connection.key), ['open', 'close'])
        const { reason, by, connection } = heard.only('close')
        assert.deepEqual([reason, by, connection.requests], [undefined, 'client', 1])
      }))
  })
}
