import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { type DrainReport, shutdown } from '@evenkeel/node'
import { timed } from '../drain/time.js'
import { it } from '../wire/it.js'
import { Crowd, crowded, size } from './crowd/crowd.js'

const { talkers, listeners, visitors } = size

/** Everyone polite was told goodbye once, and WebSockets with the code for it; the others go on. */
async function assertGoodbyes({ polite, others, server }: Crowd): Promise<void> {
  await Promise.all([
    ...polite.listeners.map((one) => one.until(() => one.goodbyes === 1)),
    ...polite.talkers.map((one) => one.closed()),
  ])
  assert.deepEqual(
    polite.talkers.map(({ goodbyes, code }) => [goodbyes, code]),
    polite.talkers.map(() => [1, 1001]),
  )
  assert.equal(server.goodbyes, (talkers + listeners) / 2)
  assert.ok(others.talkers.every(({ code, goodbyes }) => code === undefined && goodbyes === 0))
  assert.ok(others.listeners.every(({ streams }) => streams === 1))
}

/** The sum of what the ordinary clients have. */
const sum = ({ visitors }: Crowd, of: 'opened' | 'served'): number =>
  visitors.reduce((total, visitor) => total + visitor[of], 0)

describe(`${talkers} WebSockets, ${listeners} event streams and ${visitors} ordinary clients`, () => {
  it('lose nothing on a bare server, in 5 rounds', () =>
    timed(async (time) => {
      const crowd = new Crowd(time)
      try {
        await crowd.gather(undefined, false)
        for (let round = 1; round < 5; round++) await crowd.round()
        await crowd.assertWell()
        assert.equal(sum(crowd, 'opened'), visitors)
      } finally {
        crowd.close()
      }
    }))

  it('lose nothing with 4 requests per connection: only ordinary connections end, 3 of each in 12 rounds', () =>
    crowded({ maxRequestsPerConnection: 4, jitter: 0 }, async (crowd) => {
      for (let round = 1; round < 12; round++) await crowd.round()
      const { totals, connections } = crowd.keel.snapshot()
      assert.equal(sum(crowd, 'opened'), 3 * visitors)
      assert.equal(totals.retired['max-requests'], 3 * visitors)
      assert.equal(connections.upgraded, talkers)
      assert.equal(crowd.server.goodbyes, 0)
    }))

  it('are told goodbye within their age of 60 000 ms if they ask for it, and event streams come again', () =>
    crowded({ maxConnectionAge: 60_000, jitter: 0.5, again: true }, async (crowd) => {
      // The second streams of the first to leave are half a limit old at the end, at most.
      for (let passed = 0; passed < 60_000; passed += 3_000) await crowd.round(3_000)
      // Ordinary connections leave with the next request, and come again with the one behind it.
      await crowd.round()
      await crowd.round()
      const { polite, others, keel, server } = crowd
      await Promise.all([
        ...polite.listeners.map((one) => one.until(() => one.streams > 1)),
        ...polite.talkers.map((one) => one.closed()),
      ])
      assert.deepEqual(
        new Set(polite.talkers.map(({ goodbyes, code }) => `${goodbyes} ${code}`)),
        new Set(['1 1001']),
      )
      assert.ok(server.goodbyes >= (talkers + listeners) / 2)
      assert.ok(others.talkers.every(({ code }) => code === undefined))
      const { totals, connections } = keel.snapshot()
      assert.equal(connections.upgraded, talkers / 2)
      assert.equal(totals.destroyed, 0)
      assert.ok(sum(crowd, 'opened') >= 2 * visitors)
    }))

  it('are told of a drain of 4 000 ms, and whoever did not ask is left alone and tracked as upgraded', () =>
    crowded({}, async (crowd) => {
      const { keel } = crowd
      const stop = new AbortController()
      const report = assert.rejects(keel.drain({ within: 4_000, signal: stop.signal }), {
        name: 'AbortError',
      })
      for (let passed = 0; passed < 5_000; passed += 250) await crowd.round(250)
      await assertGoodbyes(crowd)
      const { connections, totals } = keel.snapshot()
      assert.equal(connections.upgraded, talkers / 2)
      assert.equal(totals.destroyed, 0)
      stop.abort()
      await report
      await crowd.round()
    }))

  it('are told of a shutdown within 4 000 ms; whoever did not ask is cut behind its grace of 2 000 ms', () =>
    crowded({}, async (crowd) => {
      let report: DrainReport | undefined
      const left = shutdown(crowd.server.server, { within: 4_000, grace: 2_000 }).then((told) => {
        report = told
      })
      for (let passed = 0; passed < 5_000; passed += 250) await crowd.round(250)
      await assertGoodbyes(crowd)
      await crowd.assertWell()
      assert.equal(crowd.keel.snapshot().connections.upgraded, talkers / 2)
      while (report === undefined) await crowd.time.pass(200)
      await left
      assert.equal(report.destroyed, (talkers + listeners) / 2)
      // An EventSource that goes leaves its connection to whoever asks next.
      assert.ok(report.closedIdle <= listeners / 2, `${report.closedIdle} were closed idle`)
    }))

  it('are told within 10 000 ms of an update to that age, and not by other updates', () =>
    crowded({ maxConnectionAge: 600_000 }, async (crowd) => {
      const { keel, server } = crowd
      for (const options of [
        { maxRequestsPerConnection: 1 },
        { maxConnections: 1_000 },
        { idleTimeout: 1_000 },
      ]) {
        keel.update(options)
        await crowd.round(1_000)
      }
      assert.equal(server.goodbyes, 0)
      keel.update({ maxConnectionAge: 10_000, idleTimeout: 600_000 })
      for (let passed = 0; passed < 12_000; passed += 1_000) await crowd.round(1_000)
      await assertGoodbyes(crowd)
      assert.equal(keel.snapshot().connections.upgraded, talkers / 2)
      assert.equal(keel.snapshot().totals.destroyed, 0)
    }))
})
