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
        const before = process.listenerCount('SIGWINCH')
        const report = leave({ signals: ['SIGWINCH', 'SIGHUP'], within })
        assert.equal(process.listenerCount('SIGWINCH'), before + 1)
        assert.equal(process.listenerCount('SIGHUP'), 1)
        await pass(2 * within)
        assert.equal(keel().ready, true)
        assertKept(await use(client))
        const heard = once(process, 'SIGWINCH')
        process.kill(process.pid, 'SIGWINCH')
        await heard
        await settled(report)
        assert.equal(keel().ready, false)
        assert.equal(process.listenerCount('SIGWINCH'), before)
        assert.equal(process.listenerCount('SIGHUP'), 0)
      }))

    it('begins with a second call what the first waits for, and gives both the same report', () =>
      served(app, async ({ used, leave, pass, settled, keel }) => {
        await used(3)
        const before = process.listenerCount('SIGWINCH')
        const first = leave({ signals: ['SIGWINCH'], within })
        const second = leave()
        assert.equal(keel().ready, false)
        // Who sends the first signal now has heard of nothing yet, and wants no more than this.
        await pass(step)
        assert.equal(process.listenerCount('SIGWINCH'), before + 1)
        const report = await settled(first)
        assert.equal(await second, report)
        assert.equal(report.connections, 3)
        assert.equal(process.listenerCount('SIGWINCH'), before)
        assert.equal(await leave(), report)
      }))

    for (const [signals, signal] of [
      [['SIGHUP'], 'SIGHUP'],
      [['SIGHUP'], 'SIGWINCH'],
    ] as const) {
      it(`begins with ${signal} when one call waits for SIGWINCH and another for SIGHUP`, () =>
        served(app, async ({ used, leave, pass, settled, keel }) => {
          await used(1)
          const listening = (): number => process.listenerCount('SIGWINCH') + process.listenerCount('SIGHUP')
          const before = listening()
          const first = leave({ signals: ['SIGWINCH'], within })
          const second = leave({ signals, within })
          await pass(within)
          assert.equal(keel().ready, true)
          const heard = once(process, signal)
          process.kill(process.pid, signal)
          await heard
          assert.equal(await settled(second), await settled(first))
          assert.equal(listening(), before)
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
