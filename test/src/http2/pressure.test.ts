import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerHttp2Stream } from 'node:http2'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { attach } from '@evenkeel/node'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { listening } from '@evenkeel/test-kit/listening'
import { ask, goaway, session } from './serving.js'

describe('http2: 3 sessions at most', () => {
  it('ends the longest unused with GOAWAY when the last place is taken', async () => {
    const clock = new FakeClock()
    const server = createServer((_, response) => response.end('ok'))
    const keel = attach(server, { maxConnections: 3, clock })
    await listening(server, async ({ port }) => {
      const [first, second] = [await session(port), await session(port)]
      await ask(second)
      clock.advance(1)
      await ask(first)
      clock.advance(500)
      const [code] = await Promise.all([goaway(second), once(second, 'close'), session(port)])
      assert.equal(code, 0)
      assert.equal(keel.snapshot().totals.retired.evicted, 1)
      assert.equal(keel.snapshot().connections.total, 2)
      assert.equal((await ask(first)).body, 'ok')
    })
  })

  it('never ends one with a stream in flight', async () => {
    const clock = new FakeClock()
    const streams: ServerHttp2Stream[] = []
    const server = createServer()
    server.on('stream', (stream) => {
      streams.push(stream)
      server.emit('arrived')
    })
    const keel = attach(server, { maxConnections: 3, clock })
    await listening(server, async ({ port }) => {
      const answers = []
      for (let count = 0; count < 3; count++) {
        const arrived = once(server, 'arrived')
        answers.push(ask(await session(port)))
        await arrived
      }
      clock.advance(60_000)
      const refused = new Promise((resolve) => keel.on('refuse', resolve))
      const fourth = connect(port, '127.0.0.1')
      fourth.on('error', () => {})
      await refused
      assert.equal(keel.snapshot().totals.closed, 0)
      for (const stream of streams) {
        stream.respond()
        stream.end('ok')
      }
      for (const { body } of await Promise.all(answers)) assert.equal(body, 'ok')
    })
  })
})
