import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { attach, type Keel } from '@evenkeel/node'
import { nextClose } from '@evenkeel/test-kit/closes'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { listening } from '@evenkeel/test-kit/listening'
import { acknowledge, endStream, FrameClient, frame, request, types } from '../hostile/frames.js'
import { goaway, session } from '../http2/serving.js'

interface Leaving {
  readonly server: Http2Server
  readonly port: number
  readonly keel: Keel
  /** Lets so many milliseconds go by, by steps of the sweep. */
  pass(milliseconds: number): Promise<void>
}

/** The first stream of a session is its last, and stays open. */
async function leaving(test: (context: Leaving) => Promise<void>): Promise<void> {
  const clock = new FakeClock()
  const server: Http2Server = createServer()
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.on('error', () => {})
    stream.respond({ ':status': 200 })
    stream.write('begun')
  })
  const keel = attach(server, { maxRequestsPerConnection: 1, jitter: 0, clock })
  const pass = async (milliseconds: number): Promise<void> => {
    for (let left = milliseconds; left > 0; left -= 1_000) {
      clock.advance(1_000)
      mock.timers.tick(1_000)
      for (let turn = 0; turn < 20; turn++) await setImmediate()
    }
  }
  await listening(server, ({ port }) => test({ server, port, keel, pass }))
}

describe('http2: a session that has said GOAWAY, with a stream open', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }))
  afterEach(() => mock.timers.reset())

  it('ends at most 61 000 ms behind the last word of a client that broke the protocol and is gone', () =>
    leaving(async ({ server, port, keel, pass }) => {
      const accepted = once(server, 'connection') as Promise<[Socket]>
      const client = await FrameClient.connect(port, false)
      const [socket] = await accepted
      let goaways = 0
      const told = new Promise<void>((resolve) => {
        client.socket.on('data', (data) => {
          for (let at = 0; at + 9 <= data.length; at += 9 + data.readUIntBE(at, 3))
            if (data.readUInt8(at + 3) === types.goaway && ++goaways === 1) resolve()
        })
      })
      client.send(request(1))
      await told
      const broken = new Promise((resolve) => client.socket.on('data', resolve))
      // A frame behind the end of its stream: an error of the connection, which Node does not tell now.
      client.send(frame(types.data, endStream, 1))
      await broken
      client.socket.destroy()
      assert.equal(keel.snapshot().connections.active, 1)
      const closed = nextClose(keel)
      await pass(61_000)
      await closed
      assert.equal(socket.destroyed, true)
      assert.equal(keel.snapshot().connections.total, 0)
      assert.equal(keel.snapshot().totals.destroyed, 1)
    }))

  it('goes on for 600 000 ms with a client that answers each PING', () =>
    leaving(async ({ port, keel, pass }) => {
      const client = await FrameClient.connect(port, false)
      let pings = 0
      const told = new Promise<void>((resolve) => {
        client.socket.on('data', (data) => {
          for (let at = 0; at + 9 <= data.length; at += 9 + data.readUIntBE(at, 3)) {
            const type = data.readUInt8(at + 3)
            if (type === types.goaway) resolve()
            if (type !== types.ping) continue
            pings++
            client.send(frame(types.ping, acknowledge, 0, data.subarray(at + 9, at + 17)))
          }
        })
      })
      client.send(request(1))
      await told
      await pass(600_000)
      assert.ok(pings >= 14, `${pings} PINGs`)
      assert.equal(keel.snapshot().connections.active, 1)
      client.socket.destroy()
    }))

  it('goes on for 600 000 ms with a client that has said GOAWAY too', () =>
    leaving(async ({ port, keel, pass }) => {
      const client = await session(port, false)
      const gone = goaway(client)
      const stream = client.request({ ':path': '/' })
      stream.on('error', () => {})
      await once(stream, 'response')
      await gone
      await pass(600_000)
      assert.equal(keel.snapshot().connections.active, 1)
      client.destroy()
    }))
})
