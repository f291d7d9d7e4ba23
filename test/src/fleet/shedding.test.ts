import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { assertKept, assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { inFleet, type World } from './world.js'

type Load = Parameters<World['interval']>[0]

async function run(world: World, load: Load, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) await world.interval(load)
}

describe('a server above its fair share', () => {
  it('marks the response of the heaviest connection that fits into the surplus, and of no other', () =>
    inFleet({}, {}, async (world) => {
      const { connect, keel, store } = world
      const [heavy, middle, light] = [await connect(), await connect(), await connect()]
      const load = new Map([
        [heavy, 60],
        [middle, 30],
        [light, 10],
      ])
      store.others = { load: 100, weight: 1, members: 1 }
      await run(world, load, 10)
      assert.equal(keel.snapshot().totals.retired.fleet, 0)
      // 100 of 135 instead of the half: a surplus of 32.5.
      store.others = { load: 35, weight: 1, members: 1 }
      await run(world, load, 1)
      assert.equal(keel.snapshot().fleet?.state, 'shedding')
      assertKept(await heavy.request('/'))
      assertMarked(await middle.request('/'))
      assertKept(await light.request('/'))
      assert.equal(await middle.ended, 'fin')
      assert.equal(keel.snapshot().totals.retired.fleet, 1)
    }))

  it('sheds none in the 20 seconds in which the store says that others may be missing, and then does', () =>
    inFleet({}, {}, async (world) => {
      const { keel, store } = world
      const load = new Map<RawClient, number>()
      for (let client = 0; client < 4; client++) load.set(await world.connect(), 30)
      store.others = { load: 1, weight: 1, members: 1, isPartial: true }
      await run(world, load, 20)
      const { state, members } = keel.snapshot().fleet ?? {}
      assert.deepEqual([state, members], ['even', 2])
      assert.equal(keel.limits.maxRequestsPerConnection, Infinity)
      assert.equal(keel.snapshot().totals.retired.fleet, 0)
      store.others = { load: 1, weight: 1, members: 1 }
      await run(world, load, 1)
      assert.equal(keel.snapshot().fleet?.state, 'shedding')
      assert.equal(keel.snapshot().totals.retired.fleet, 1)
    }))

  it('sheds none where its weight makes the load its fair share', () =>
    inFleet({}, { weight: 3 }, async (world) => {
      const clients = [await world.connect(), await world.connect(), await world.connect()]
      world.store.others = { load: 30, weight: 1, members: 1 }
      await run(world, new Map(clients.map((client) => [client, 30])), 20)
      assert.equal(world.keel.snapshot().fleet?.fair.toFixed(0), '90')
      assert.equal(world.keel.snapshot().totals.retired.fleet, 0)
    }))

  it('sheds none of the idle connections', () =>
    inFleet({}, {}, async (world) => {
      const { connect, keel, store } = world
      const [busy, idle] = [await connect(), await connect()]
      await run(
        world,
        new Map([
          [busy, 40],
          [idle, 80],
        ]),
        10,
      )
      store.others = { load: 1, weight: 1, members: 1 }
      await run(world, new Map([[busy, 40]]), 1)
      assertKept(await idle.request('/'))
      assertMarked(await busy.request('/'))
      assert.equal(keel.snapshot().totals.retired.fleet, 1)
    }))

  it('says elephant, once, where every connection in use carries more than the surplus', () =>
    inFleet({}, {}, async (world) => {
      const { connect, keel, store, states } = world
      const client = await connect()
      store.others = { load: 0, weight: 3, members: 3 }
      const warned = new Promise<Error & { code?: string }>((resolve) => process.once('warning', resolve))
      await run(world, new Map([[client, 80]]), 12)
      assert.equal(keel.snapshot().fleet?.state, 'elephant')
      assert.match(states.at(-1)?.cure ?? '', /more connections/)
      assert.equal((await warned).code, 'EVENKEEL_FLEET_ELEPHANT')
      assert.equal(keel.snapshot().totals.retired.fleet, 0)
    }))

  it('sheds in a dry run on paper only, until on paper it is even', () =>
    inFleet({ dryRun: true }, {}, async (world) => {
      const { connect, keel, store } = world
      const clients = await Promise.all(Array.from({ length: 8 }, () => connect()))
      store.others = { load: 0, weight: 1, members: 1 }
      const load = new Map(clients.map((client) => [client, 25]))
      for (let second = 0; second < 40; second++)
        for (const response of await world.interval(load)) assertKept(response)
      const { fleet, totals } = keel.snapshot()
      assert.equal(totals.retired.fleet, 4)
      assert.equal(fleet?.state, 'even')
      assert.equal(totals.closed, 0)
      // The others are told of the load that is there.
      assert.ok((store.reports.at(-1)?.load ?? 0) > 180)
    }))
})
