import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { it } from '../wire/it.js'
import { inFleet, type World } from './world.js'

/** A server with four connections, far above its fair share as soon as the others are told of. */
async function overloaded(world: World): Promise<() => Promise<void>> {
  const clients = await Promise.all([1, 2, 3, 4].map(() => world.connect()))
  const load = new Map(clients.map((client) => [client, 25]))
  const second = async (): Promise<void> => void (await world.interval(load))
  for (let n = 0; n < 6; n++) await second()
  return second
}

describe('bad days of a fleet', () => {
  it('an answer that is older than three intervals sheds nothing', () =>
    inFleet({}, {}, async (world) => {
      const { store, keel } = world
      const second = await overloaded(world)
      store.others = { load: 0, weight: 1, members: 1 }
      let answer = (): void => {}
      const { exchange } = store
      store.exchange = (...asked) =>
        new Promise((resolve) => (answer = () => resolve(exchange.apply(store, asked))))
      await second()
      store.exchange = () => new Promise(() => {})
      for (let n = 0; n < 4; n++) await second()
      answer()
      await second()
      assert.equal(keel.snapshot().totals.retired.fleet, 0)
      assert.equal(keel.snapshot().fleet?.state, 'unreachable')
    }))

  it('a question that nobody answers is given up after three intervals, and asked again', () =>
    inFleet({}, {}, async ({ store, time }) => {
      await time.pass(1_000)
      store.fault = () => new Promise(() => {})
      const { length } = store.reports
      await time.pass(4_000)
      assert.equal(store.reports.length, length + 2)
      assert.equal(store.aborted, 1)
    }))

  it('a store that fails costs no request, and is warned of once with its own words', () =>
    inFleet({}, {}, async (world) => {
      const { store, keel, time } = world
      const warned = new Promise<Error & { code?: string }>((resolve) => process.once('warning', resolve))
      const second = await overloaded(world)
      store.fault = () => Promise.reject(new Error('READONLY You can not write here'))
      for (let n = 0; n < 6; n++) await second()
      const { code, message } = await warned
      assert.equal(code, 'EVENKEEL_FLEET_UNREACHABLE')
      assert.match(message, /scripted: READONLY You can not write here/)
      store.fault = undefined
      await time.pass(1_000)
      assert.equal(keel.snapshot().fleet?.state, 'even')
    }))

  it('an event loop that stood still for 10 s sheds nothing on what it knew before', () =>
    inFleet({}, {}, async (world) => {
      const { store, keel, time } = world
      await overloaded(world)
      store.others = { load: 0, weight: 1, members: 1 }
      time.clock.advance(10_000)
      await time.pass(1_000)
      assert.equal(keel.snapshot().totals.retired.fleet, 0)
    }))

  it('all servers overloaded at once shed nothing', () =>
    inFleet({}, {}, async (world) => {
      const second = await overloaded(world)
      world.store.others = { load: 300, weight: 3, members: 3 }
      for (let n = 0; n < 20; n++) await second()
      assert.equal(world.keel.snapshot().totals.retired.fleet, 0)
    }))

  it('sums that make no sense shed nothing', () =>
    inFleet({}, {}, async (world) => {
      const second = await overloaded(world)
      for (const others of [
        { load: Number.NaN, weight: 1, members: 1 },
        { load: -500, weight: 1, members: 1 },
        { load: 100, weight: -1, members: 1 },
        { load: Infinity, weight: 1, members: 1 },
      ]) {
        world.store.others = others
        await second()
      }
      assert.equal(world.keel.snapshot().totals.retired.fleet, 0)
    }))
})
