import assert from 'node:assert/strict'
import { describe, mock } from 'node:test'
import type { CloseEvent, ServerOptions } from '@evenkeel/node'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { App, AppSettings } from '../apps/app.js'
import { assertKept, assertMarked, type Context, serving } from '../serving.js'
import { it } from '../wire/it.js'

const guard = 500

/** The next pass over what is due, which is once a second. */
const sweep = (): void => mock.timers.tick(1_000)

/** What every server must do when more connections come than it may hold. */
export function capacity(app: App): void {
  const clock = new FakeClock()

  /** A server of four places, one of which is kept free. */
  const four = (
    test: (context: Context, closes: CloseEvent[]) => Promise<void>,
    options: ServerOptions = {},
    settings: Partial<AppSettings> = {},
  ): Promise<void> => {
    mock.timers.enable({ apis: ['setInterval'] })
    return serving(
      app,
      { ...settings, attached: true, options: { maxConnections: 4, clock, jitter: 0, ...options } },
      async (context) => {
        const closes: CloseEvent[] = []
        context.keel().on('close', (event) => closes.push(event))
        await test(context, closes)
      },
    ).finally(() => mock.timers.reset())
  }

  /** One after the other, so that each is used later than the one before. */
  const idle = async ({ connect }: Context, ...addresses: string[]): Promise<RawClient[]> => {
    const clients: RawClient[] = []
    for (const localAddress of addresses) {
      const client = await connect({ from: { localAddress } })
      await client.request('/ok')
      clock.advance(1)
      clients.push(client)
    }
    return clients
  }

  /** Node accepts a connection that it refuses, and closes it at once, before any handshake. */
  const refused = async ({ port }: Context, localAddress = '127.0.0.1'): Promise<RawClient> => {
    const client = await RawClient.connect({ port, from: { localAddress } })
    await client.ended
    return client
  }

  const [one, other, third] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'] as const

  describe(`${app.name}: 4 connections at most`, () => {
    it('ends the longest unused for the reason evicted when the last place is taken', () =>
      four(async (context, closes) => {
        const [first, second, third] = await idle(context, one, one, one)
        assert.ok(first && second && third)
        await first.request('/ok')
        clock.advance(guard)
        await context.connect()
        await context.closed(1)
        assert.equal(await second.ended, 'fin')
        assert.deepEqual(
          closes.map(({ reason, by, connection }) => [reason, by, connection.key]),
          [['evicted', 'server', second.key]],
        )
        assertKept(await first.request('/ok'))
        assertKept(await third.request('/ok'))
        const { totals, connections } = context.keel().snapshot()
        assert.equal(totals.retired.evicted, 1)
        assert.equal(totals.idleCloses.server, 1)
        assert.equal(totals.refused, 0)
        assert.equal(connections.total, 3)
      }))

    it('refuses the fifth within 500 ms of the last responses, says so, and then makes room', () =>
      four(async (context, closes) => {
        const { connect, keel, closed } = context
        const clients = await idle(context, one, one, one, one)
        clock.advance(guard - 5)
        const heard: string[] = []
        keel().on('refuse', ({ key }) => heard.push(key))
        const fifth = await refused(context)
        assert.deepEqual(heard, [fifth.key])
        assert.equal(keel().snapshot().totals.refused, 1)
        assert.equal(closes.length, 0)
        clock.advance(1)
        sweep()
        await closed(1)
        assert.equal(closes[0]?.connection.key, clients[0]?.key)
        assertKept(await (await connect()).request('/ok'))
        for (const client of clients.slice(1)) assertKept(await client.request('/ok'))
      }))

    it('never ends one with a request in flight', () =>
      four(async (context, closes) => {
        const { connect, nextWaiting, keel } = context
        const answers: (() => void)[] = []
        const responses: Promise<unknown>[] = []
        for (let count = 0; count < 4; count++) {
          const waiting = nextWaiting()
          responses.push((await connect()).request('/wait').then(assertKept))
          answers.push(await waiting)
        }
        clock.advance(60_000)
        await refused(context)
        assert.equal(keel().snapshot().totals.refused, 1)
        assert.equal(closes.length, 0)
        for (const answer of answers) answer()
        await Promise.all(responses)
      }))

    it('never ends one that was upgraded', () =>
      four(
        async (context, closes) => {
          const { connect, keel } = context
          const clients: RawClient[] = []
          for (let count = 0; count < 4; count++) {
            const client = await connect()
            await client.request('/ok', { headers: 'Connection: Upgrade\r\nUpgrade: test\r\n' })
            clients.push(client)
          }
          assert.equal(keel().snapshot().connections.upgraded, 4)
          clock.advance(60_000)
          await refused(context)
          assert.equal(keel().snapshot().totals.refused, 1)
          assert.equal(closes.length, 0)
        },
        {},
        {
          prepare: (server) => {
            server.on('upgrade', (_, socket) => {
              socket
                .on('error', () => {})
                .on('end', () => socket.end())
                .resume()
              socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n')
            })
          },
        },
      ))

    it('ends a marked one that waits for its client to close before any idle one', () =>
      four(
        async (context, closes) => {
          const [longest] = await idle(context, one)
          assert.ok(longest)
          const marked = await context.connect({ halfOpen: true })
          assertKept(await marked.request('/ok'))
          assertMarked(await marked.request('/ok'))
          if (!app.secure) assert.equal(await marked.ended, 'fin')
          await idle(context, one)
          clock.advance(guard)
          await context.connect()
          await context.closed(1)
          assert.deepEqual(
            closes.map(({ reason, connection }) => [reason, connection.key]),
            [['max-requests', marked.key]],
          )
          assertMarked(await longest.request('/ok'))
        },
        { maxRequestsPerConnection: 2 },
      ))

    it('lets the address that holds the most idle connections give up its own first', () =>
      four(async (context, closes) => {
        const [alone, first, second] = await idle(context, other, one, one)
        assert.ok(alone && first && second)
        clock.advance(guard)
        await context.connect({ from: { localAddress: third } })
        await context.closed(1)
        assert.deepEqual(
          closes.map(({ connection }) => connection.key),
          [first.key],
        )
        assertKept(await alone.request('/ok'))
      }))

    it('ends the longest unused of all, whoever has it, without fairEviction', () =>
      four(
        async (context, closes) => {
          const [alone] = await idle(context, other, one, one)
          assert.ok(alone)
          clock.advance(guard)
          await context.connect({ from: { localAddress: third } })
          await context.closed(1)
          assert.deepEqual(
            closes.map(({ connection }) => connection.key),
            [alone.key],
          )
        },
        { fairEviction: false },
      ))

    it('lets a busy address push out nobody that was used within 5 000 ms', () =>
      four(async (context, closes) => {
        const [alone] = await idle(context, other)
        assert.ok(alone)
        clock.advance(10 * guard - 50)
        await idle(context, one, one)
        const { connect, closed } = context
        await connect({ from: { localAddress: one } })
        await refused(context, one)
        assert.equal(closes.length, 0)
        clock.advance(50)
        sweep()
        await closed(1)
        assert.deepEqual(
          closes.map(({ connection }) => connection.key),
          [alone.key],
        )
      }))
  })
}
