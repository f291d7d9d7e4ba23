import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { plain } from '../apps/plain.js'
import { isMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { draining, within } from './draining.js'

/** Fewer than a server's backlog. */
const atOnce = 25

describe('a drain of 10 000 ms with 1 000 connections', () => {
  it('ends at most 200 in any tenth of the window, 250 used every 1 000 ms and 750 not used any more', () =>
    draining(plain, async ({ connect, drain, pass, inFlight, settled, closes }) => {
      const open = (): Promise<RawClient[]> => Promise.all(Array.from({ length: atOnce }, () => connect()))
      /** Those that go on are those whose responses are not marked. */
      const use = async (clients: readonly RawClient[]): Promise<RawClient[]> => {
        const marks = await Promise.all(clients.map(async (client) => isMarked(await client.request('/ok'))))
        await Promise.all(clients.filter((_, index) => marks[index]).map(({ ended }) => ended))
        return clients.filter((_, index) => !marks[index])
      }
      for (let count = 0; count < 750; count += atOnce) await use(await open())
      await inFlight(0)
      // By the tenth of a second in which their requests come.
      const groups: RawClient[][] = []
      const second = async (): Promise<void> => {
        for (let tenth = 0; tenth < 10; tenth++) {
          await pass(100)
          groups[tenth] = await use(groups[tenth] ?? (await open()))
          await inFlight(0)
        }
      }
      for (let time = 0; time < 5_000; time += 1_000) await second()
      const report = drain({ within, grace: 5_000 })
      for (let time = 0; time < within; time += 1_000) await second()
      assert.equal(groups.flat().length, 0)
      const { connections, closedPolitely, closedIdle } = await settled(report)
      assert.deepEqual([connections, closedPolitely, closedIdle], [1_000, 250, 750])
      assert.equal(closes.length, 1_000)
      for (let tenth = 0; tenth < 10; tenth++) {
        const count = closes.filter(({ at }) => Math.floor((10 * at) / within) === tenth).length
        assert.ok(count <= 200, `${count} in tenth ${tenth}`)
      }
    }))
})
