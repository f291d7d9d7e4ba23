import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import { it } from '../wire/it.js'
import { inFleet } from './world.js'

const hour = 3_600_000
const others = { load: 0, weight: 1, members: 1 }

describe('limits while a server is in a fleet', () => {
  it('rest as soon as the store tells of another member: no count, an age of one hour', () =>
    inFleet({}, {}, async ({ keel, time, store }) => {
      await time.passUntil(() => keel.snapshot().fleet?.state === 'even')
      assert.equal(keel.limits.maxRequestsPerConnection, 1000)
      store.others = others
      await time.pass(1_000)
      assert.equal(keel.limits.maxRequestsPerConnection, Infinity)
      assert.equal(keel.limits.maxConnectionAge, hour)
    }))

  it('are what the user has set, always', () =>
    inFleet({ maxRequestsPerConnection: 3, maxConnectionAge: 5_000 }, {}, async ({ keel, time, store }) => {
      store.others = others
      await time.passUntil(() => keel.snapshot().fleet?.state === 'even')
      assert.equal(keel.limits.maxRequestsPerConnection, 3)
      assert.equal(keel.limits.maxConnectionAge, 5_000)
      store.fault = () => Promise.reject(new Error('down'))
      await time.passUntil(() => keel.snapshot().fleet?.state === 'unreachable')
      assert.equal(keel.limits.maxRequestsPerConnection, 3)
      assert.equal(keel.limits.maxConnectionAge, 5_000)
    }))

  it('are what an update has set, from then on', () =>
    inFleet({}, {}, async ({ keel, time, store }) => {
      store.others = others
      await time.passUntil(() => keel.snapshot().fleet?.state === 'even')
      keel.update({ maxRequestsPerConnection: 7 })
      await time.pass(3_000)
      assert.equal(keel.limits.maxRequestsPerConnection, 7)
      store.fault = () => Promise.reject(new Error('down'))
      await time.passUntil(() => keel.snapshot().fleet?.state === 'unreachable')
      assert.equal(keel.limits.maxRequestsPerConnection, 7)
      assert.equal(keel.limits.maxConnectionAge, 300_000)
    }))

  it('are the usual defaults within 5 seconds of the last answer, and rest again with the next', () =>
    inFleet({}, {}, async ({ keel, time, store }) => {
      store.others = others
      await time.passUntil(() => keel.snapshot().fleet?.state === 'even')
      store.fault = () => Promise.reject(new Error('down'))
      await time.pass(5_000)
      assert.equal(keel.snapshot().fleet?.state, 'unreachable')
      assert.equal(keel.limits.maxRequestsPerConnection, 1000)
      assert.equal(keel.limits.maxConnectionAge, 300_000)
      store.fault = undefined
      await time.pass(1_000)
      assert.equal(keel.snapshot().fleet?.state, 'even')
      assert.equal(keel.limits.maxRequestsPerConnection, Infinity)
    }))

  it('of a connection that opened while the store was down rest with the others', () =>
    inFleet({}, {}, async ({ keel, time, store, connect }) => {
      store.others = others
      store.fault = () => Promise.reject(new Error('down'))
      await time.pass(5_000)
      const client = await connect()
      await client.request('/')
      assert.equal([...keel.connections()][0]?.requestLimit, 1000)
      store.fault = undefined
      await time.pass(1_000)
      assert.equal([...keel.connections()][0]?.requestLimit, Infinity)
      assert.equal([...keel.connections()][0]?.ageLimit, hour)
    }))

  it('are those of a second attach too, whatever rests when it comes', () =>
    inFleet({}, {}, async ({ keel, server, time, store }) => {
      const { fleet } = keel.limits
      const again = (options: ServerOptions): Keel =>
        attach(server, { ...options, clock: time.clock, random: keel.limits.random, jitter: 0, fleet })
      const conflict = { code: 'ERR_EVENKEEL_OPTIONS_CONFLICT', option: 'maxRequestsPerConnection' }
      assert.throws(() => again({ maxRequestsPerConnection: Infinity }), conflict)
      store.others = others
      await time.pass(1_000)
      assert.equal(keel.limits.maxRequestsPerConnection, Infinity)
      assert.throws(() => again({ maxRequestsPerConnection: Infinity }), conflict)
      again({ maxRequestsPerConnection: 1000 })
      assert.equal(keel.limits.maxRequestsPerConnection, 1000)
      assert.equal(keel.limits.maxConnectionAge, hour)
      await time.pass(2_000)
      assert.equal(keel.limits.maxRequestsPerConnection, 1000)
    }))
})
