import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { attach, type Keel, shutdown } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { type Time, timed } from '../drain/time.js'
import { assertKept } from '../serving.js'
import { it } from '../wire/it.js'

interface Context {
  readonly time: Time
  readonly keel: Keel
  readonly clients: readonly RawClient[]
  shutdown(): Promise<unknown>
}

/** A server with three clients, each of which has sent a request. */
function serving(test: (context: Context) => Promise<void>): Promise<void> {
  return timed(async (time) => {
    const server = createServer((_, response) => response.end('ok'))
    const keel = attach(server, { clock: time.clock, dryRun: true })
    await listening(server, async ({ connect }) => {
      const clients = await Promise.all([connect(), connect(), connect()])
      for (const client of clients) assertKept(await client.request('/'))
      await test({ time, keel, clients, shutdown: () => shutdown(server, { within: 10_000 }) })
    })
  })
}

describe('a drain and a dry run', () => {
  it('a shutdown in the middle of a rehearsed drain leaves in earnest, with all connections', () =>
    serving(async ({ time, keel, clients, shutdown }) => {
      const rehearsed = keel.drain({ within: 10_000, quiet: 9_000 })
      await time.pass(6_000)
      assert.ok(keel.snapshot().totals.retired.drain > 0)
      for (const client of clients) assertKept(await client.request('/'))
      const left = shutdown()
      await rehearsed
      await time.pass(10_000)
      const stay = [...keel.connections()].filter(({ retired }) => retired !== 'drain')
      assert.deepEqual(stay, [])
      assert.deepEqual(keel.snapshot().totals.closes.none, { client: 0, server: 0, unknown: 0 })
      await time.settled(left)
    }))

  it('a rehearsed drain ends with the dry run, and says that it was stopped', () =>
    serving(async ({ time, keel, clients }) => {
      const stopped: boolean[] = []
      keel.on('drained', (event) => stopped.push(event.stopped))
      const drain = keel.drain({ within: 10_000, quiet: 9_000 })
      await time.pass(6_000)
      keel.update({ dryRun: false })
      await time.pass(100)
      assert.equal((await drain).connections, 3)
      assert.deepEqual(stopped, [true])
      await time.pass(10_000)
      for (const client of clients) assertKept(await client.request('/'))
    }))

  it('a detach right behind the end of the dry run ends a rehearsed drain of 3, of which none has left', () =>
    serving(async ({ time, keel }) => {
      const stopped: boolean[] = []
      keel.on('drained', (event) => stopped.push(event.stopped))
      const drain = keel.drain({ within: 10_000, quiet: 9_000 })
      await time.pass(6_000)
      assert.ok(keel.snapshot().totals.retired.drain > 0)
      keel.update({ dryRun: false })
      keel.detach()
      const { connections, closedPolitely, closedIdle, destroyed } = await drain
      assert.deepEqual([connections, closedPolitely, closedIdle, destroyed], [3, 0, 0, 0])
      assert.deepEqual(stopped, [true])
    }))
})
