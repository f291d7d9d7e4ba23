import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { createFleet } from '@evenkeel/fleet'
import { attach } from '@evenkeel/node'
import { timed, until } from '../drain/time.js'
import { it } from '../wire/it.js'
import { ScriptedStore } from './scripted-store.js'
import { inFleet, listen } from './world.js'

describe('the place of a server in its fleet', () => {
  it('is taken when the server listens, left when it closes, and taken again', () =>
    inFleet({}, {}, async ({ server, store, keel }) => {
      const closed = once(server, 'close')
      server.close()
      await closed
      assert.equal(store.left.length, 1)
      await until(() => store.closed === 1)
      assert.equal(keel.snapshot().fleet, undefined)
      const reports = store.reports.length
      await listen(server)
      await until(() => store.reports.length > reports)
      assert.notEqual(keel.snapshot().fleet, undefined)
    }))

  it('is not taken by a server that never listens', () =>
    timed(async (time) => {
      const store = new ScriptedStore()
      attach(createServer(), { clock: time.clock, random: () => 0, fleet: createFleet({ store }) })
      await time.pass(5_000)
      assert.equal(store.reports.length, 0)
    }))

  it('is left at once when a drain begins, and taken again when that is stopped', () =>
    inFleet({}, {}, async ({ keel, store, connect }) => {
      await (await connect()).request('/')
      const stop = new AbortController()
      const drained = keel.drain({ signal: stop.signal })
      assert.equal(store.left.length, 1)
      const reports = store.reports.length
      stop.abort(new Error('stopped'))
      await assert.rejects(drained, /stopped/)
      await until(() => store.reports.length > reports)
    }))

  it('stays while a share of the connections is drained', () =>
    inFleet({}, {}, async ({ keel, store, connect, time }) => {
      await (await connect()).request('/')
      await time.settled(keel.drain({ fraction: 0.5 }))
      assert.equal(store.left.length, 0)
    }))

  it('is left when the server is detached', () =>
    inFleet({}, {}, async ({ keel, store, time }) => {
      keel.detach()
      assert.equal(store.left.length, 1)
      const reports = store.reports.length
      await time.pass(5_000)
      assert.equal(store.reports.length, reports)
    }))

  it('is not taken again by a drain that ends when the server is detached or closed', () =>
    inFleet({}, {}, async ({ keel, store, connect, server, time }) => {
      const client = await connect()
      await client.request('/')
      const drained = keel.drain().catch(() => {})
      keel.detach()
      await drained
      await time.pass(3_000)
      assert.equal(store.reports.length, 1)
      assert.equal(server.listening, true)
    }))

  it('is not taken by a drain of a server that does not listen', () =>
    timed(async (time) => {
      const store = new ScriptedStore()
      const keel = attach(createServer(), {
        clock: time.clock,
        random: () => 0,
        fleet: createFleet({ store }),
      })
      await time.settled(keel.drain())
      await time.pass(3_000)
      assert.equal(store.reports.length, 0)
    }))

  it('stays in a drain that only rehearses', () =>
    inFleet({ dryRun: true }, {}, async ({ keel, store, connect, time }) => {
      await (await connect()).request('/')
      await time.settled(keel.drain({ within: 1_000, quiet: 500 }))
      assert.equal(store.left.length, 0)
    }))

  it('is left without a word by a store whose own leave throws', () =>
    inFleet({}, {}, async ({ keel, store }) => {
      store.leave = () => {
        throw new Error('broken')
      }
      keel.detach()
    }))

  it('can not be changed by an update', () =>
    inFleet({}, {}, async ({ keel, store }) => {
      const options: object = { fleet: createFleet({ store }) }
      assert.throws(() => keel.update(options), { code: 'ERR_EVENKEEL_OPTION_UNKNOWN', option: 'fleet' })
    }))

  it('takes what createFleet gives, and says so of anything else', () => {
    const attachWith = (fleet: unknown): unknown => attach(createServer(), { fleet: fleet as never })
    assert.throws(
      () => attachWith('redis://localhost'),
      /fleet is "redis:\/\/localhost".*createFleet\(\) of @evenkeel\/fleet/,
    )
    return Promise.resolve()
  })
})
