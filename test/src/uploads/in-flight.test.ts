import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Keel } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { plain } from '../apps/plain.js'
import { secure } from '../apps/secure.js'
import { within } from '../drain/draining.js'
import { assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { ways } from './desk.js'
import { type Uploading, uploading } from './uploading.js'

/** The ways out of a server. */
const exits = {
  'a drain': ({ drain }: Uploading) => drain({ within, quiet: 1_000, grace: 5_000 }),
  'a shutdown': ({ leave }: Uploading) => leave({ within, quiet: 1_000, grace: 5_000 }),
}

/** A connection that finds no room has come, and gone. */
async function refused(port: number, keel: Keel): Promise<void> {
  const told = new Promise((resolve) => keel.on('refuse', resolve))
  const client = await RawClient.connect({ port })
  await Promise.all([told, client.ended])
}

for (const app of [plain, secure]) {
  for (const way of ways) {
    describe(`${app.name}: ${way.name}`, () => {
      for (const [exit, begin] of Object.entries(exits)) {
        it(`is taken whole in ${exit} of 10 000 ms, 8 000 ms behind its start`, () =>
          uploading(app, way, async (context) => {
            const { client, pass, settled, finish } = context
            const report = begin(context)
            await pass(8_000)
            await finish()
            // An early answer was sent when nobody had to leave: the next one says so.
            if (way.early) assertMarked(await client.request('/ok'))
            assert.equal(await client.ended, 'fin')
            const { closedPolitely, closedIdle, destroyed } = await settled(report)
            assert.deepEqual([closedPolitely, closedIdle, destroyed], [1, 0, 0])
          }))

        it(`is taken whole in ${exit} of 10 000 ms, within the grace of 5 000 ms`, () =>
          uploading(app, way, async (context) => {
            const report = begin(context)
            await context.pass(within + 4_000)
            await context.finish()
            assert.equal((await context.settled(report)).destroyed, 0)
          }))

        it(`is cut 15 000 ms behind the start of ${exit}, and counted as destroyed`, () =>
          uploading(app, way, async (context) => {
            const { closedPolitely, closedIdle, destroyed, duration } = await context.settled(begin(context))
            assert.deepEqual([closedPolitely, closedIdle, destroyed], [0, 0, 1])
            assert.equal(duration, within + 5_000)
            await context.client.ended
          }))
      }

      it('is not evicted by 3 newcomers, 60 000 ms behind its start, with room for 2', () =>
        uploading(
          app,
          way,
          async ({ pass, connect, keel, finish }) => {
            await (await connect()).request('/ok')
            await pass(60_000)
            for (let newcomers = 0; newcomers < 3; newcomers++) {
              const newcomer = await connect()
              assert.equal((await newcomer.request('/ok')).status, 200)
              await pass(1_000)
            }
            assert.ok(keel().snapshot().totals.retired.evicted >= 3)
            await finish()
          },
          { maxConnections: 2 },
        ))

      it('leaves its connection within the guard of 500 ms, counted from its end', () =>
        uploading(
          app,
          way,
          async ({ pass, port, client, keel, finish, inFlight }) => {
            await pass(60_000)
            await finish()
            await inFlight(0)
            await pass(499)
            await refused(port, keel())
            assert.equal(keel().snapshot().totals.closed, 0)
            await pass(1)
            await refused(port, keel())
            assert.equal(keel().snapshot().totals.retired.evicted, 1)
            await client.ended
          },
          { maxConnections: 1 },
        ))

      it('goes on behind server.close(), 61 000 ms behind an age limit of 60 000 ms', () =>
        uploading(
          app,
          way,
          async ({ server, pass, finish }) => {
            server.close()
            await pass(121_000)
            await finish()
          },
          { maxConnectionAge: 60_000 },
        ))
    })
  }
}
