import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { App } from '../apps/app.js'
import { assertKept, assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { draining, within } from './draining.js'
import { HeldStream } from './held-stream.js'
import { step } from './time.js'

/** Its moment is the first of its share of the window; with one connection: of all of it. */
const first = { options: { random: () => 0 } }

/** How connections leave on which no response can say so. */
export function idle(app: App): void {
  describe(`${app.name}: a drain of 10 000 ms, connections that are idle`, () => {
    it('closes 10 unused ones one by one, the longest unused first, each in its 900 ms', () =>
      draining(app, async ({ used, pass, drain, settled, closes, keel }) => {
        const clients = await used(10)
        await pass(5_000)
        const { connections, closedIdle } = await settled(drain({ within }))
        assert.deepEqual([connections, closedIdle], [10, 10])
        assert.deepEqual(
          closes.map(({ key }) => key),
          clients.map(({ key }) => key),
        )
        for (const [index, { at }] of closes.entries()) {
          assert.ok(at >= 900 * index && at <= 900 * (index + 1) + step, `number ${index} at ${at}`)
        }
        for (const client of clients) {
          assert.equal(await client.ended, 'fin')
          assert.equal(client.rest, '')
        }
        assert.equal(keel().snapshot().totals.retired.drain, 10)
      }))

    it('leaves one alone until its moment at 4 500 ms, and then closes it', () =>
      draining(
        app,
        async ({ used, pass, drain, settled, closes }) => {
          const [client] = await used(1)
          await pass(5_000)
          await settled(drain({ within }))
          assert.deepEqual(closes, [{ key: client?.key, at: 4_500 }])
        },
        { options: { random: () => 0.5 } },
      ))

    for (const [quiet, unused] of [
      [undefined, 2_500],
      [1_000, 1_000],
      [4_000, 4_000],
      [100, 500],
    ] as const) {
      it(`closes one that was used just now when it was unused for ${unused} ms, with quiet ${quiet ?? 'not given'}`, () =>
        draining(
          app,
          async ({ used, drain, settled, closes }) => {
            const [client] = await used(1)
            const { closedIdle } = await settled(drain({ within, quiet }))
            assert.equal(closedIdle, 1)
            assert.deepEqual(closes, [{ key: client?.key, at: unused }])
          },
          first,
        ))
    }

    it('closes one that was used every 1 500 ms when it was unused for 4 500 ms', () =>
      draining(
        app,
        async ({ connect, use, pass, drain, settled, closes }) => {
          const client = await connect()
          await use(client)
          for (let request = 0; request < 10; request++) {
            await pass(1_500)
            await use(client)
          }
          await settled(drain({ within, quiet: 500 }))
          assert.deepEqual(closes, [{ key: client.key, at: 4_500 }])
        },
        first,
      ))

    it('does not close one that is used every 2 000 ms, but marks its next response, with quiet 500', () =>
      draining(
        app,
        async ({ connect, use, pass, drain, settled }) => {
          const client = await connect()
          for (let request = 0; request < 5; request++) {
            await pass(2_000)
            assertKept(await use(client))
          }
          const report = drain({ within, quiet: 500 })
          await pass(2_000)
          assertMarked(await use(client))
          const { closedPolitely, closedIdle } = await settled(report)
          assert.deepEqual([closedPolitely, closedIdle], [1, 0])
        },
        first,
      ))

    for (const [grace, last] of [
      [undefined, within],
      [5_000, within + 5_000],
    ] as const) {
      it(`closes 10 that are used every 5 000 ms within the 1 000 ms before ${last}, one by one, with grace ${grace}`, () =>
        draining(app, async ({ connect, use, pass, drain, settled, closes }) => {
          const clients = await Promise.all(Array.from({ length: 10 }, () => connect()))
          for (let request = 0; request < 4; request++) {
            await pass(5_000)
            for (const client of clients) await use(client)
          }
          const { closedIdle } = await settled(drain({ within, grace }))
          assert.equal(closedIdle, 10)
          const times = closes.map(({ at }) => at)
          assert.ok(Math.min(...times) >= last - 1_000 && Math.max(...times) <= last, times.join(' '))
          assert.equal(new Set(times).size, 10)
        }))
    }

    for (const end of [9_300, 12_000]) {
      it(`closes one ${end + 500} ms after the start whose stream ended at ${end} ms, without a mark`, () => {
        const stream = new HeldStream()
        return draining(
          app,
          async ({ connect, drain, pass, inFlight, settled, closes }) => {
            const client = await connect()
            const { response } = await stream.begin(client)
            const report = drain({ within })
            await pass(end)
            stream.end()
            assertKept(await response)
            await inFlight(0)
            const { closedIdle } = await settled(report)
            assert.equal(closedIdle, 1)
            assert.deepEqual(closes, [{ key: client.key, at: end + 500 }])
          },
          stream,
        )
      })
    }

    it('closes one that never sent anything when it is 2 500 ms old', () =>
      draining(
        app,
        async ({ port, keel, drain, settled, closes }) => {
          const opened = new Promise((resolve) => keel().on('open', resolve))
          // To a TLS server this is half a handshake.
          const client = await RawClient.connect({ port })
          await opened
          const { connections, closedIdle } = await settled(drain({ within }))
          assert.deepEqual([connections, closedIdle], [1, 1])
          assert.deepEqual(closes, [{ key: client.key, at: 2_500 }])
          assert.equal(await client.ended, 'fin')
        },
        first,
      ))
  })
}
