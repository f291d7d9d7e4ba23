import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { App } from '../apps/app.js'
import { assertKept } from '../serving.js'
import { it } from '../wire/it.js'
import { draining, within } from './draining.js'

/** A share of the connections, and a second call. */
export function control(app: App): void {
  describe(`${app.name}: a drain of 10 000 ms under control`, () => {
    it('retires 3 of 10 with fraction 0.3, ends, keeps the others, and marks no new one', () =>
      draining(app, async ({ used, use, pass, drain, connect, settled, keel, closes }) => {
        const clients = await used(10)
        await pass(5_000)
        const report = drain({ within, fraction: 0.3 })
        await pass(500)
        const during = await connect()
        assertKept(await use(during))
        const { connections, newcomers, closedIdle } = await settled(report)
        assert.deepEqual([connections, newcomers, closedIdle], [3, 0, 3])
        const gone = new Set(closes.map(({ key }) => key))
        assert.equal(gone.size, 3)
        for (const client of clients) {
          if (gone.has(client.key)) assert.equal(await client.ended, 'fin')
          else assertKept(await use(client))
        }
        assertKept(await use(during))
        assertKept(await use(await connect()))
        assert.equal(keel().snapshot().totals.retired.drain, 3)
        assert.equal(keel().ready, true)
      }))

    it('is joined by a second call with 2 000 ms, which has all 10 go by then, 4 000 ms after the start', () =>
      draining(app, async ({ used, pass, drain, settled, keel, retires, closes }) => {
        await used(10)
        await pass(5_000)
        const report = drain({ within })
        await pass(2_000)
        const before = closes.length
        assert.ok(before >= 2 && before <= 3, `${before} closed`)
        const second = keel().drain({ within: 2_000 })
        assert.equal(await settled(second), await report)
        const { connections, closedIdle } = await report
        assert.deepEqual([connections, closedIdle], [10, 10])
        const times = retires.map(({ at }) => at).slice(before)
        assert.ok(Math.max(...times) <= 4_000, times.join(' '))
        assert.ok(new Set(times).size >= 5, 'they go one by one still')
      }))

    it('is not made longer by a second call with 60 000 ms', () =>
      draining(app, async ({ connect, nextWaiting, drain, settled, keel }) => {
        const waiting = nextWaiting()
        const client = await connect()
        client.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
        await waiting
        const report = drain({ within, grace: 1_000 })
        const second = keel().drain({ within: 60_000, grace: 60_000 })
        assert.equal(await settled(report), await second)
        assert.equal((await report).duration, 11_000)
      }))

    it('gets a shorter grace from a second call', () =>
      draining(app, async ({ connect, nextWaiting, drain, settled, keel }) => {
        const waiting = nextWaiting()
        const client = await connect()
        client.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
        await waiting
        const report = drain({ within })
        void keel().drain({ within, grace: 3_000 })
        const { destroyed, duration } = await settled(report)
        assert.deepEqual([destroyed, duration], [1, 13_000])
      }))

    for (const [first, second, cut] of [
      [{ within, grace: 100 }, { within: 1_000, grace: 5_000 }, 6_000],
      [{ within: 1_000, grace: 5_000 }, { within: 2_000, grace: 100 }, 2_100],
      [{ within, grace: 0 }, { within, grace: 5_000 }, within],
    ] as const) {
      const title = ({ within, grace }: typeof first | typeof second): string => `${within} + ${grace}`
      it(`cuts at the sooner of two cuts, ${title(first)} and ${title(second)} ms: at ${cut}`, () =>
        draining(app, async ({ connect, nextWaiting, drain, settled, keel }) => {
          const waiting = nextWaiting()
          const client = await connect()
          client.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
          await waiting
          const report = drain(first)
          void keel().drain(second)
          const { destroyed, duration } = await settled(report)
          assert.deepEqual([destroyed, duration], [1, cut])
        }))
    }

    it('goes on for the first caller when the signal of the second is aborted, and the other way round', () =>
      draining(app, async ({ used, drain, pass, settled, keel }) => {
        for (const aborted of [0, 1]) {
          await used(2)
          const signals = [new AbortController(), new AbortController()]
          const reports = [drain({ within }), keel().drain({ within })]
          reports[aborted] = keel().drain({ within, signal: signals[aborted]?.signal })
          await pass(500)
          const rejected = assert.rejects(async () => reports[aborted])
          signals[aborted]?.abort()
          await rejected
          const report = await settled(reports[1 - aborted] ?? drain())
          assert.equal(report.closedIdle, 2)
        }
      }))
  })
}
