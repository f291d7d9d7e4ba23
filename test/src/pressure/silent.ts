import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, mock } from 'node:test'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { App } from '../apps/app.js'
import { type Context, serving } from '../serving.js'
import { it } from '../wire/it.js'

/** The next pass over what is due, which is once a second. */
const sweep = (): void => mock.timers.tick(1_000)

/** What becomes of connections on which no request ever comes. */
export function silent(app: App): void {
  const clock = new FakeClock()
  const options = { clock, jitter: 0, idleTimeout: 65_000, maxConnectionAge: 300_000 }

  const running = (test: (context: Context) => Promise<void>): Promise<void> => {
    mock.timers.enable({ apis: ['setInterval'] })
    return serving(app, { options, attached: true }, test).finally(() => mock.timers.reset())
  }

  describe(`${app.name}: silent connections`, () => {
    it('ends one that has sent nothing for 65 000 ms, and leaves one that has begun a request to Node', () =>
      running(async ({ connect, keel, closed }) => {
        const begun = await connect()
        await begun.sent('GET /ok HTTP/1.1\r\nHost: local')
        const nothing = await connect()
        await (await connect()).request('/ok')
        clock.advance(64_999)
        const later = await connect()
        clock.advance(1)
        sweep()
        await closed(1)
        assert.equal(await nothing.ended, 'fin')
        assert.equal(keel().snapshot().totals.retired['idle-timeout'], 1)
        begun.send('host\r\n\r\n')
        assert.equal((await begun.response()).status, 200)
        assert.equal((await later.request('/ok')).status, 200)
      }))

    it('lets server.close() end with a silent one, one in the middle of its first head and one that is old', () =>
      running(async ({ server, connect, nextWaiting, keel }) => {
        const nothing = await connect()
        const begun = await connect()
        await begun.sent('GET /ok HTTP/1.1\r\nHost: local')
        const old = await connect()
        const waiting = nextWaiting()
        const response = old.request('/wait')
        const answer = await waiting
        const over = once(server, 'close')
        server.close()
        answer()
        await response
        clock.advance(300_000)
        sweep()
        await Promise.all([over, nothing.ended, begun.ended, old.ended])
        assert.equal(keel().snapshot().connections.total, 0)
      }))

    if (app.secure) {
      it('ends one that has not finished its handshake in 65 000 ms, and counts it from its accept', () =>
        running(async ({ port, keel, closed }) => {
          const opened = new Promise((resolve) => keel().on('open', resolve))
          const client = await RawClient.connect({ port })
          await opened
          assert.equal(keel().snapshot().connections.new, 1)
          clock.advance(65_000)
          sweep()
          await closed(1)
          assert.equal(await client.ended, 'fin')
          assert.equal(keel().snapshot().totals.retired['idle-timeout'], 1)
        }))

      it('counts a connection once, from before its handshake to behind its requests', () =>
        running(async ({ connect, keel, closed }) => {
          const client = await connect()
          await client.request('/ok')
          assert.equal(keel().snapshot().connections.total, 1)
          client.close()
          await closed(1)
          const { totals, connections } = keel().snapshot()
          assert.equal(totals.opened, 1)
          assert.equal(totals.closed, 1)
          assert.equal(connections.total, 0)
        }))
    }
  })
}
