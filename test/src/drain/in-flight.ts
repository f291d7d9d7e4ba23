import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { describe } from 'node:test'
import { retireSignal } from '@evenkeel/node'
import type { App } from '../apps/app.js'
import { assertKept, assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { draining, within } from './draining.js'

/** An SSE handler that says goodbye, as in the README. */
const stream: RequestListener = (request, response) => {
  const signal = retireSignal(request)
  const goodbye = (): void => {
    response.end('data: goodbye\n\n')
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  response.write('data: hello\n\n')
  signal.addEventListener('abort', goodbye)
  response.on('close', () => signal.removeEventListener('abort', goodbye))
}

/** Takes upgrades, and says goodbye when it is told to. */
export function upgrading(server: Server): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    socket
      .on('error', () => {})
      .on('end', () => socket.end())
      .resume()
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n')
    if (request.headers['x-stubborn'] !== undefined) return
    retireSignal(request).addEventListener('abort', () => socket.end('goodbye'))
  })
}

export const upgrade = { headers: 'Connection: Upgrade\r\nUpgrade: test\r\n' }

/** Nothing that goes on when a connection's moment comes is lost. */
export function inFlight(app: App): void {
  describe(`${app.name}: a drain of 10 000 ms, work in flight`, () => {
    it('tells a stream that asked for its retireSignal, which ends itself, and marks the next response', () =>
      draining(
        app,
        async ({ connect, use, drain, passUntil, settled, retires }) => {
          const client = await connect()
          const begun = once(client.socket, 'progress')
          const streaming = client.request('/own/stream')
          await begun
          const report = drain({ within })
          await passUntil(() => retires.length === 1)
          const response = await streaming
          assertKept(response)
          assert.equal(response.body, 'data: hello\n\ndata: goodbye\n\n')
          assertMarked(await use(client))
          const { closedPolitely } = await settled(report)
          assert.equal(closedPolitely, 1)
        },
        { own: stream },
      ))

    it('tells a stream of a connection that is retired already: a new one, and one that asks behind its moment', () =>
      draining(
        app,
        async ({ connect, used, drain, pass, settled }) => {
          const [client] = await used(1)
          assert.ok(client)
          const report = drain({ within, quiet: within })
          await pass(500)
          for (const retired of [await connect(), client]) {
            const response = await retired.request('/own/stream')
            assertMarked(response)
            assert.equal(response.body, 'data: hello\n\ndata: goodbye\n\n')
            await pass(5_000)
          }
          const { closedPolitely, destroyed } = await settled(report)
          assert.deepEqual([closedPolitely, destroyed], [2, 0])
        },
        { own: stream, options: { random: () => 0.5 } },
      ))

    it('tells an upgraded socket that asked for its retireSignal, which ends itself', () =>
      draining(
        app,
        async ({ connect, drain, settled, closes }) => {
          const client = await connect()
          assert.equal((await client.request('/ok', upgrade)).status, 101)
          const { closedPolitely, destroyed } = await settled(drain({ within }))
          assert.deepEqual([closedPolitely, destroyed], [1, 0])
          assert.equal(await client.ended, 'fin')
          assert.equal(client.rest, 'goodbye')
          assert.equal(closes.length, 1)
        },
        { prepare: upgrading },
      ))

    for (const end of [0.95 * within, 3 * within]) {
      it(`takes an upload whose second half comes ${end} ms after the start, and marks its response`, () =>
        draining(app, async ({ connect, drain, pass, inFlight, settled }) => {
          const client = await connect()
          client.send(
            'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nfirst',
          )
          await inFlight(1)
          const report = drain({ within })
          await pass(end)
          client.send('-half')
          const response = await client.response()
          assert.equal(response.body, 'first-half')
          assertMarked(response)
          const { closedPolitely, destroyed } = await settled(report)
          assert.deepEqual([closedPolitely, destroyed], [1, 0])
        }))
    }

    it('answers all of a pipeline in flight, and marks the last of its three responses', () =>
      draining(app, async ({ connect, nextWaiting, drain, pass, settled }) => {
        const client = await connect()
        const answers = [nextWaiting(), nextWaiting(), nextWaiting()]
        client.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(3))
        const inOrder = await Promise.all(answers)
        const report = drain({ within })
        await pass(within)
        for (const answer of inOrder) answer()
        assertKept(await client.response())
        assertKept(await client.response())
        assertMarked(await client.response())
        assert.equal(await client.ended, 'fin')
        const { closedPolitely, lateRequests } = await settled(report)
        assert.deepEqual([closedPolitely, lateRequests], [1, 0])
      }))

    it('hands over neither of two requests that are read behind the last response, and counts both as late', () =>
      draining(app, async ({ connect, nextWaiting, drain, pass, settled, keel }) => {
        const client = await connect()
        const waiting = nextWaiting()
        const begun = client.request('/wait')
        const answer = await waiting
        const report = drain({ within })
        await pass(within)
        answer()
        client.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2))
        assertMarked(await begun)
        assert.equal(await client.ended, 'fin')
        assert.equal(client.rest, '')
        const { closedPolitely, requests, lateRequests } = await settled(report)
        assert.deepEqual([closedPolitely, requests, lateRequests], [1, 0, 2])
        assert.equal(keel().snapshot().totals.late, 2)
      }))
  })
}
