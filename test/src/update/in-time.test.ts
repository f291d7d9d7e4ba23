import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { kinds, serving as servingHttp2 } from '../drain/http2-serving.js'
import { type Time, timed, until } from '../drain/time.js'
import { ask } from '../http2/serving.js'
import { it } from '../wire/it.js'

interface Context {
  readonly time: Time
  readonly keel: Keel
  connect(): Promise<RawClient>
  /** What answers each `/wait` that has arrived. */
  readonly waiting: (() => void)[]
}

/** Serves `/ok` at once, `/wait` when told to, and at any other path a stream that never ends. */
function serving(options: ServerOptions, test: (context: Context) => Promise<void>): Promise<void> {
  return timed(async (time) => {
    const waiting: (() => void)[] = []
    const server = createServer((request, response) => {
      if (request.url === '/ok') response.end('ok')
      else if (request.url === '/wait') waiting.push(() => response.end('ok'))
      else response.write('hello')
    })
    const keel = attach(server, { clock: time.clock, jitter: 0, ...options })
    await listening(server, ({ connect }) => test({ time, keel, waiting, connect }))
  })
}

describe('keel.update and what is to come for open connections', () => {
  const limits = { maxConnectionAge: 10_000, maxConnectionAgeGrace: 10_000 }

  it('a stream in its grace goes on when the grace becomes Infinity, and gets one when it is finite again', () =>
    serving(limits, async ({ time, keel, connect }) => {
      const client = await connect()
      client.send('GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n')
      await until(() => keel.snapshot().connections.active === 1)
      await time.pass(15_000)
      assert.equal(keel.snapshot().totals.retired['max-age'], 1)
      keel.update({ maxConnectionAgeGrace: Infinity })
      await time.pass(30_000)
      assert.equal(keel.snapshot().totals.destroyed, 0)
      keel.update({ maxConnectionAgeGrace: 5_000 })
      await time.pass(4_000)
      assert.equal(keel.snapshot().totals.destroyed, 0)
      await time.pass(3_000)
      assert.equal(keel.snapshot().totals.destroyed, 1)
    }))

  for (const kind of kinds) {
    it(`HTTP/2, ${kind.name}: an idle session is kept when the timeouts are no longer ours, and ended when they are again`, () =>
      servingHttp2(
        kind,
        async ({ open, keel, time }) => {
          await ask(await open(), '/')
          keel.update({ tuneTimeouts: false })
          await time.pass(20_000)
          assert.equal(keel.snapshot().totals.retired['idle-timeout'], 0)
          keel.update({ tuneTimeouts: true })
          await time.passUntil(() => keel.snapshot().totals.retired['idle-timeout'] === 1)
        },
        { idleTimeout: 10_000 },
      ))
  }

  it('the first maxConnections closes nobody within the quiet guard of a last response', () =>
    serving({ quietGuard: 500 }, async ({ time, keel, connect, waiting }) => {
      const clients = [await connect(), await connect(), await connect()]
      const responses = clients.map((client) => client.request('/wait'))
      await until(() => waiting.length === 3)
      // No pass of the sweep comes between: until now nobody has asked for the time of a last use.
      time.clock.advance(950)
      for (const answer of waiting) answer()
      await Promise.all(responses)
      keel.update({ maxConnections: 2 })
      await time.pass(450)
      assert.equal(keel.snapshot().totals.retired.evicted, 0)
      await time.passUntil(() => keel.snapshot().totals.retired.evicted === 2)
    }))
})
