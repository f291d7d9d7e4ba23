import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe } from 'node:test'
import type { App } from '../apps/app.js'
import { assertKept } from '../serving.js'
import { it } from '../wire/it.js'
import { within } from './draining.js'
import { served } from './served.js'
import { step } from './time.js'

/** What begins a shutdown, and that it goes on whatever else is asked for. */
export function calls(app: App): void {
  describe(`${app.name}: shutdown, asked for`, () => {
    it('waits for a signal, listens to it once, and not any more when it has begun', () =>
      served(app, async ({ used, use, leave, pass, settled, keel }) => {
        const [client] = await used(1)
        assert.ok(client)
        const before = process.listenerCount('SIGUSR2')
        const report = leave({ signals: ['SIGUSR2', 'SIGHUP'], within })
        assert.equal(process.listenerCount('SIGUSR2'), before + 1)
        assert.equal(process.listenerCount('SIGHUP'), 1)
        await pass(2 * within)
        assert.equal(keel().ready, true)
        assertKept(await use(client))
        const heard = once(process, 'SIGUSR2')
        process.kill(process.pid, 'SIGUSR2')
        await heard
        await settled(report)
        assert.equal(keel().ready, false)
        assert.equal(process.listenerCount('SIGUSR2'), before)
        assert.equal(process.listenerCount('SIGHUP'), 0)
      }))

    it('begins with a second call what the first waits for, and gives both the same report', () =>
      served(app, async ({ used, leave, pass, settled, keel }) => {
        await used(3)
        const first = leave({ signals: ['SIGUSR2'], within })
        const second = leave()
        assert.equal(keel().ready, false)
        // Who sends the first signal now has heard of nothing yet, and wants no more than this.
        await pass(step)
        assert.equal(process.listenerCount('SIGUSR2'), 1)
        const report = await settled(first)
        assert.equal(await second, report)
        assert.equal(report.connections, 3)
        assert.equal(process.listenerCount('SIGUSR2'), 0)
        assert.equal(await leave(), report)
      }))

    for (const [signals, signal] of [
      [['SIGHUP'], 'SIGHUP'],
      [['SIGHUP'], 'SIGUSR2'],
    ] as const) {
      it(`begins with ${signal} when one call waits for SIGUSR2 and another for SIGHUP`, () =>
        served(app, async ({ used, leave, pass, settled, keel }) => {
          await used(1)
          const first = leave({ signals: ['SIGUSR2'], within })
          const second = leave({ signals, within })
          await pass(within)
          assert.equal(keel().ready, true)
          const heard = once(process, signal)
          process.kill(process.pid, signal)
          await heard
          assert.equal(await settled(second), await settled(first))
          assert.equal(process.listenerCount('SIGUSR2') + process.listenerCount('SIGHUP'), 0)
        }))
    }

    it('is joined by a drain, whose signal lets go of that drain alone', () =>
      served(app, async ({ used, leave, pass, settled, keel, server }) => {
        await used(3)
        const report = leave({ within })
        const stop = new AbortController()
        const joined = assert.rejects(keel().drain({ signal: stop.signal }), /enough/)
        await pass(1_000)
        stop.abort(new Error('enough'))
        await joined
        const { connections, closedIdle } = await settled(report)
        assert.deepEqual([connections, closedIdle], [3, 3])
        assert.equal(server.listening, false)
      }))
  })
}
