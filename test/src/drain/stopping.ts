import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { App } from '../apps/app.js'
import { assertKept, assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { draining, within } from './draining.js'

/** A drain that does not come to its end. */
export function stopping(app: App): void {
  describe(`${app.name}: a drain of 10 000 ms that is stopped`, () => {
    it('does not begin when its signal was aborted before, and rejects with the reason', () =>
      draining(app, async ({ used, use, pass, drain, retires }) => {
        const [client] = await used(1)
        assert.ok(client)
        const reason = new Error('no')
        await assert.rejects(drain({ within, signal: AbortSignal.abort(reason) }), reason)
        await pass(2 * within)
        assert.deepEqual(retires, [])
        assertKept(await use(client))
      }))

    it('stops at 5 000 ms, rejects with the reason, and leaves 5 of 10 and all new ones in service', () =>
      draining(app, async ({ used, use, pass, drain, connect, settled, retires }) => {
        const clients = await used(10)
        const stop = new AbortController()
        const report = assert.rejects(drain({ within, signal: stop.signal }), /enough/)
        // None is idle for long enough to be closed.
        await pass(2_000)
        for (const client of clients) if (!isRetired(client.key)) assertKept(await use(client))
        await pass(2_000)
        for (const client of clients) if (!isRetired(client.key)) assertKept(await use(client))
        await pass(500)
        const count = retires.length
        assert.ok(count >= 4 && count <= 6, `${count} are retired`)
        stop.abort(new Error('enough'))
        await report
        await pass(2 * within)
        assert.equal(retires.length, count)
        for (const client of clients) if (!isRetired(client.key)) assertKept(await use(client))
        assertKept(await use(await connect()))
        const { connections } = await settled(drain({ within }))
        assert.ok(connections >= 10 - count + 1, `${connections} in the next drain`)

        function isRetired(key: string): boolean {
          return retires.some((retire) => retire.key === key)
        }
      }))

    it('leaves retired what was retired by then: its next response is marked', () =>
      draining(
        app,
        async ({ used, use, drain, pass, retires }) => {
          const [client] = await used(1)
          assert.ok(client)
          const stop = new AbortController()
          const report = assert.rejects(drain({ within, signal: stop.signal }))
          await pass(1_000)
          assert.equal(retires.length, 1)
          stop.abort()
          await report
          await pass(2 * within)
          assertMarked(await use(client))
          assert.equal(await client.ended, 'fin')
        },
        { options: { random: () => 0 } },
      ))

    for (const attached of [true, false]) {
      it(`ends well when the server closes meanwhile, ${attached ? '' : 'not '}attached by hand`, () =>
        draining(
          app,
          async ({ server, used, drain, settled }) => {
            await used(3)
            const report = drain({ within })
            server.close()
            server.closeIdleConnections()
            assert.equal((await settled(report)).connections, 3)
          },
          { attached },
        ))
    }

    it('rejects when the server is detached, and leaves the connections alone', () =>
      draining(app, async ({ used, pass, drain, keel, retires }) => {
        const clients = await used(3)
        const report = assert.rejects(drain({ within }), /detached/)
        await pass(500)
        const retired = retires.length
        keel().detach()
        await report
        await pass(2 * within)
        assert.equal(retires.length, retired)
        for (const client of clients) assertKept(await client.request('/ok'))
      }))
  })
}
