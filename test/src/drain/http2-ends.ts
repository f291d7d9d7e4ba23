import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ClientHttp2Session } from 'node:http2'
import { describe } from 'node:test'
import { shutdown } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { ask } from '../http2/serving.js'
import { it } from '../wire/it.js'
import { type Kind, serving, within } from './http2-serving.js'
import { until } from './time.js'

/** How a drain of sessions ends, and a shutdown. */
export function ends(kind: Kind): void {
  describe(`http2, ${kind.name}: the end of a drain of 10 000 ms`, () => {
    it('destroys a session whose stream goes on 2 000 ms behind the window, with a grace of that', () =>
      serving(kind, async ({ keel, time, open, waiting }) => {
        const client = await open()
        const closed = once(client, 'close')
        const { response } = await waiting(client)
        const report = keel.drain({ within, grace: 2_000 })
        await time.pass(within + 1_950)
        assert.equal(keel.snapshot().connections.active, 1)
        const { destroyed, duration } = await time.settled(report)
        assert.deepEqual([destroyed, duration], [1, within + 2_000])
        assert.equal(keel.snapshot().totals.destroyed, 1)
        assert.notEqual((await response).body, 'ok')
        await closed
      }))

    // Without TLS a connection is a session from its accept on.
    if (kind.secure) {
      it('ends a connection whose handshake is not done, 2 500 ms after its accept', () =>
        serving(
          kind,
          async ({ port, keel, time }) => {
            const opened = new Promise((resolve) => keel.on('open', resolve))
            const client = await RawClient.connect({ port })
            await opened
            const { closedIdle, duration } = await time.settled(keel.drain({ within }))
            assert.deepEqual([closedIdle, duration], [1, 2_500])
            await client.ended
          },
          { random: () => 0 },
        ))
    }

    it('stops when its signal is aborted, and leaves sessions in service that are not retired', () =>
      serving(kind, async ({ keel, time, open }) => {
        const clients = await Promise.all(Array.from({ length: 4 }, open))
        for (const client of clients) await ask(client)
        const stop = new AbortController()
        const report = assert.rejects(keel.drain({ within, quiet: within, signal: stop.signal }), /enough/)
        await time.pass(4_500)
        stop.abort(new Error('enough'))
        await report
        const { drain } = keel.snapshot().totals.retired
        assert.ok(drain >= 1 && drain <= 3, `${drain} retired`)
        await time.pass(within)
        const fresh = await open()
        await until(() => clients.filter(({ closed }) => closed).length === drain)
        for (const client of [...clients, fresh]) {
          if (!client.closed) assert.equal((await ask(client)).body, 'ok')
        }
        await time.pass(within)
        assert.equal(fresh.closed, false)
        assert.equal(keel.snapshot().totals.retired.drain, drain)
      }))
  })

  describe(`http2, ${kind.name}: shutdown`, () => {
    it('says 503 at once, lets an open stream end, closes the server and tells how it went', () =>
      serving(kind, async ({ server, keel, time, open, waiting }) => {
        const client = await open()
        assert.deepEqual(await answerOf(client), [200, 'ready\n'])
        const held = await waiting(client)
        const closed = once(server, 'close')
        const report = shutdown(server, { within })
        assert.equal(keel.ready, false)
        assert.deepEqual(await answerOf(client), [503, 'leaving\n'])
        await time.pass(within)
        held.answer()
        assert.equal((await held.response).body, 'ok')
        const { connections, closedPolitely } = await time.settled(report)
        await closed
        assert.deepEqual([connections, closedPolitely], [1, 1])
      }))
  })
}

async function answerOf(client: ClientHttp2Session): Promise<[number, string]> {
  const { status, body } = await ask(client, '/ready')
  return [status, body]
}
