import assert from 'node:assert/strict'
import type { RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, describe, mock } from 'node:test'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import type { App } from '../apps/app.js'
import { assertKept, assertMarked, type Context, serving } from '../serving.js'
import { turns } from '../turns.js'
import { Gate } from './gate.js'
import { it } from './it.js'

const get = 'GET /own/ HTTP/1.1\r\nHost: localhost\r\n\r\n'
const large = 'l'.repeat(500_000)
const flood = get.repeat(20_000)
const upload = `POST /own/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8000000\r\n\r\n${'u'.repeat(1_000_000)}`

interface Lingering extends Context {
  readonly client: RawClient
  /** Which requests reached the application, by method. */
  readonly handled: readonly string[]
  /** Moves the clock, and lets the sweep do what is due. */
  pass(milliseconds: number): void
  /** Resolves when the server has ended its side. */
  readonly finished: Promise<void>
  /** Resolves when the client has ended its side. */
  readonly clientFinished: Promise<void>
  /** Answers the next request, with so many bytes. */
  answer(size: number): Promise<void>
}

/** Rule: a client that does not listen gets its last response whole, nothing else, and only so much time. */
export function lingering(app: App): void {
  describe(`${app.name}: a client that does not stop`, () => {
    beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }))
    afterEach(() => mock.timers.reset())

    for (const [when, answerLater] of [
      ['at once', false],
      ['once all of it has come', true],
    ] as const) {
      it(`gets its last 500 kB, answered ${when}, and none of 20 000 requests behind it is handled`, () =>
        limited(2, answerLater, async ({ client, handled, answer, closed }) => {
          await client.sent(get + flood)
          if (answerLater) await answer(large.length)
          const last = await client.response()
          assertMarked(last)
          assert.ok(last.body === large)
          assert.equal(await client.ended, 'fin')
          client.socket.end()
          await closed(1)
          assert.equal(client.rest, '')
          assert.deepEqual(handled, ['GET'])
        }))
    }

    it('gets its last response, and none of 20 000 requests that it sends behind that is handled', () =>
      limited(2, false, async ({ client, handled, closed }) => {
        client.send(get)
        assertMarked(await client.response())
        assert.equal(await client.ended, 'fin')
        await client.sent(flood)
        client.socket.end()
        await closed(1)
        assert.equal(client.rest, '')
        assert.deepEqual(handled, ['GET'])
      }))

    for (const size of [1_000, 70_000, 5_000_000]) {
      it(`can send all of an upload of ${size} bytes behind the last request, which is not handled`, () =>
        limited(2, false, async ({ client, handled, closed }) => {
          const head = `POST /own/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${size}\r\n\r\n`
          await client.sent(get + head + 'b'.repeat(size))
          assertMarked(await client.response())
          client.socket.end()
          await closed(1)
          assert.equal(await client.ended, 'fin')
          assert.equal(client.rest, '')
          assert.deepEqual(handled, ['GET'])
        }))
    }

    it('is cut off 5 000 ms behind its last response when it never closes, and not at 4 999', () =>
      limited(2, false, async ({ client, finished, pass, closed, keel }) => {
        client.send(get)
        const last = await client.response()
        assertMarked(last)
        assert.ok(last.body === large)
        assert.equal(await client.ended, 'fin')
        await finished
        pass(4_999)
        assert.equal(keel().snapshot().totals.closed, 0)
        assert.equal(client.socket.writable, true)
        pass(1)
        await closed(1)
      }))

    it('gets all of a last 1 MB that it reads none of for 10 000 ms, with 20 000 requests sent behind it', () =>
      limited(2, true, async ({ client, answer, finished, pass, closed }) => {
        client.socket.on('error', () => {})
        client.socket.pause()
        const sent = client.sent(get + flood)
        await answer(1_000_000)
        await finished
        await sent
        // The server has time to read what has come: at its close, unread bytes make the system drop the answer.
        await turns()
        pass(5_000)
        await closed(1)
        client.socket.resume()
        assert.equal(await client.ended, 'fin')
        assert.equal((await client.response()).body.length, 1_000_000)
      }))

    it('is cut off 5 000 ms behind its last response in the middle of a flood', () =>
      limited(2, false, async ({ client, finished, handled, pass, closed }) => {
        client.socket.on('error', () => {})
        client.send(get + flood)
        assertMarked(await client.response())
        await finished
        client.send(flood)
        pass(5_000)
        client.send(flood)
        await closed(1)
        assert.equal(client.rest, '')
        assert.deepEqual(handled, ['GET'])
      }))

    it('has 30 000 ms to finish an upload that was answered early, and 5 000 more to close', () =>
      limited(2, false, async ({ client, finished, pass, closed, keel }) => {
        await client.sent(upload)
        const last = await client.response()
        assertMarked(last)
        assert.ok(last.body === large)
        pass(29_999)
        await client.sent('u')
        assert.equal(await Promise.race([client.ended, turns()]), undefined)
        assert.equal(keel().snapshot().totals.closed, 0)
        pass(1)
        assert.equal(await client.ended, 'fin')
        await finished
        pass(4_999)
        assert.equal(keel().snapshot().totals.closed, 0)
        pass(1)
        await closed(1)
        assert.equal(client.rest, '')
      }))

    it('gets its last response whole though the upload was paused for good, and is cut off after 35 000 ms', () =>
      limited(2, 'paused', async ({ client, finished, pass, closed }) => {
        client.send(upload + 'u'.repeat(7_000_000))
        const last = await client.response()
        assertMarked(last)
        assert.ok(last.body === large)
        pass(30_000)
        await finished
        pass(5_000)
        await closed(1)
      }))

    it('gets all of a last response of 10 MB though it reads none of it for 600 000 ms', () =>
      limited(2, true, async ({ client, answer, pass, closed, keel }) => {
        client.socket.pause()
        await client.sent(get)
        await answer(10_000_000)
        for (let minute = 0; minute < 10; minute++) pass(60_000)
        assert.equal(keel().snapshot().connections.active, 1)
        client.socket.resume()
        assert.equal(await client.ended, 'fin')
        const last = await client.response()
        assertMarked(last)
        assert.equal(last.body.length, 10_000_000)
        client.socket.end()
        await closed(1)
      }))

    const halfOpen = {
      skip: app.secure ? 'Node closes a TLS connection whose client has closed its side' : false,
    }
    it(
      'gets three of five answers when it has closed its own side before, and the server allows that',
      halfOpen,
      () =>
        limited(
          4,
          true,
          async ({ client, answer, handled, clientFinished, closed }) => {
            client.socket.end(get.repeat(5))
            await clientFinished
            for (const size of [3, 1, 2]) await answer(size)
            for (const size of [3, 1]) {
              const response = await client.response()
              assertKept(response)
              assert.equal(response.body.length, size)
            }
            assertMarked(await client.response())
            assert.equal(await client.ended, 'fin')
            await closed(1)
            assert.equal(client.rest, '')
            assert.equal(handled.length, 3)
          },
          (server) => {
            Object.assign(server, { httpAllowHalfOpen: true })
          },
        ),
    )

    it('gets its last response when it closes its own side with the request', () =>
      limited(2, false, async ({ client, closed }) => {
        client.socket.end(get)
        assertMarked(await client.response())
        assert.equal(await client.ended, 'fin')
        await closed(1)
        assert.equal(client.rest, '')
      }))
  })

  /** Runs a test on a connection whose first request is answered already, with a client that stays open. */
  function limited(
    limit: number,
    later: boolean | 'paused',
    test: (context: Lingering) => Promise<void>,
    also: (server: Server) => void = () => {},
  ): Promise<void> {
    const clock = new FakeClock()
    const gate = new Gate()
    const handled: string[] = []
    const answers: ((size: number) => void)[] = []
    const seen = new Set<string>()
    const own: RequestListener = (request, response) => {
      handled.push(request.method ?? '')
      const end = (size: number): void => {
        response.writeHead(200, { 'Content-Length': size })
        response.end(size === large.length ? large : 'x'.repeat(size))
      }
      if (later === 'paused') {
        request.once('data', () => {
          request.pause()
          end(large.length)
        })
      } else if (later) {
        answers.push(end)
        gate.notify()
      } else end(large.length)
    }
    const prepare = (server: Server): void => {
      server.on(app.secure ? 'secureConnection' : 'connection', (socket: Socket) => {
        for (const event of ['end', 'finish']) {
          socket.once(event, () => {
            seen.add(event)
            gate.notify()
          })
        }
      })
      also(server)
    }
    const options = { maxRequestsPerConnection: limit, jitter: 0, clock }
    return serving(app, { options, own, prepare, attached: true }, async (context) => {
      const client = await context.connect({ halfOpen: true })
      assertKept(await client.request('/ok'))
      await test({
        ...context,
        client,
        handled,
        finished: gate.until(() => seen.has('finish')),
        clientFinished: gate.until(() => seen.has('end')),
        answer: async (size) => {
          await gate.until(() => answers.length > 0)
          answers.shift()?.(size)
        },
        pass: (milliseconds) => {
          clock.advance(milliseconds)
          mock.timers.tick(1_000)
        },
      })
      const { connections, totals } = context.keel().snapshot()
      assert.equal(connections.total, 0)
      assert.deepEqual([totals.opened, totals.closed, totals.retired['max-requests']], [1, 1, 1])
    })
  }
}
