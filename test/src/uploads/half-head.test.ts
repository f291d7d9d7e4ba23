import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { plain } from '../apps/plain.js'
import { secure } from '../apps/secure.js'
import { draining, within } from '../drain/draining.js'
import { assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { halfHead, restOfHead } from './half-head.js'

for (const app of [plain, secure]) {
  describe(`${app.name}: half a head`, () => {
    for (const requests of [0, 1, 3]) {
      it(`behind ${requests} requests that comes in a drain keeps its connection for 2 000 ms of quiet`, () =>
        draining(
          app,
          async ({ connect, use, drain, pass, settled }) => {
            const client = await connect()
            for (let request = 0; request < requests; request++) await use(client)
            await pass(60_000)
            const report = drain({ within, quiet: 2_000 })
            await client.sent(halfHead)
            // Its answer tells that what was sent before it has been read.
            const witness = await connect()
            await use(witness)
            await pass(1_900)
            client.send(restOfHead)
            const response = await client.response()
            assert.equal(response.body, 'ok')
            assertMarked(response)
            const { closedPolitely, closedIdle } = await settled(report)
            assert.deepEqual([closedPolitely, closedIdle], [2, 0])
          },
          { options: { random: () => 0 } },
        ))
    }

    it('is closed idle at the end of a drain of 10 000 ms if its rest never comes', () =>
      draining(app, async ({ connect, drain, settled }) => {
        const client = await connect()
        await client.sent(halfHead)
        const { closedIdle, destroyed, duration } = await settled(drain({ within, quiet: within }))
        assert.deepEqual([closedIdle, destroyed], [1, 0])
        assert.ok(duration <= within)
        assert.equal(await client.ended, 'fin')
      }))

    it('is evicted like any other idle connection, so that half heads never hold all 3 places', () =>
      draining(
        app,
        async ({ connect, pass, keel }) => {
          for (let half = 0; half < 3; half++) await (await connect()).sent(halfHead)
          await pass(2_000)
          const newcomer = await connect()
          assert.equal((await newcomer.request('/ok')).status, 200)
          assert.ok(keel().snapshot().totals.retired.evicted > 0)
        },
        { options: { maxConnections: 3 } },
      ))
  })
}
