import assert from 'node:assert/strict'
import type { ClientHttp2Session } from 'node:http2'
import { describe } from 'node:test'
import { createFleet } from '@evenkeel/fleet'
import { kinds, serving } from '../drain/http2-serving.js'
import { until } from '../drain/time.js'
import { ask, goaway } from '../http2/serving.js'
import { it } from '../wire/it.js'
import { ScriptedStore } from './scripted-store.js'

/** Waits for an answer that is no error, neither of HTTP nor of the stream. */
async function answered(client: ClientHttp2Session): Promise<void> {
  const { status, body, code } = await ask(client)
  assert.deepEqual([status, body, code], [200, 'ok', 0])
}

for (const kind of kinds) {
  describe(`http2, ${kind.name}: a server above its fair share`, () => {
    it('says GOAWAY to the session whose 30 streams a second fit into the surplus, and to no other', () => {
      const store = new ScriptedStore()
      const fleet = createFleet({ store })
      return serving(
        kind,
        async ({ keel, time, open, waiting }) => {
          await until(() => store.reports.length > 0)
          const sessions = [await open(), await open(), await open()] as const
          const [heavy, middle, light] = sessions
          const told: ClientHttp2Session[] = []
          for (const client of sessions) void goaway(client).then(() => told.push(client))
          const streams = new Map([
            [heavy, 60],
            [middle, 30],
            [light, 10],
          ])
          const run = async (seconds: number): Promise<void> => {
            for (let second = 0; second < seconds; second++) {
              for (const [client, count] of streams)
                await Promise.all(Array.from({ length: count }, () => answered(client)))
              await time.pass(1_000)
            }
          }
          store.others = { load: 100, weight: 1, members: 1 }
          await run(10)
          assert.equal(Math.round(keel.snapshot().fleet?.load ?? 0), 100)
          assert.equal(keel.snapshot().totals.retired.fleet, 0)
          // 100 of 135 instead of the half: a surplus of 32.5.
          store.others = { load: 35, weight: 1, members: 1 }
          const held = await waiting(middle)
          const gone = goaway(middle)
          await run(1)
          assert.equal(keel.snapshot().totals.retired.fleet, 1)
          assert.equal(await gone, 0)
          held.answer()
          const { body, code } = await held.response
          assert.deepEqual([body, code], ['ok', 0])
          await answered(heavy)
          await answered(light)
          assert.deepEqual(told, [middle])
        },
        { fleet, random: () => 0 },
      )
    })
  })
}
