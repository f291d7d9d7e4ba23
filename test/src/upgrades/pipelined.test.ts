import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { describe } from 'node:test'
import type { Keel } from '@evenkeel/node'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { plain } from '../apps/plain.js'
import { secure } from '../apps/secure.js'
import { assertKept, type Context, serving } from '../serving.js'
import { it } from '../wire/it.js'

const slow = 'GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n'
const upgrade = 'GET /tunnel HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'

/** Hands the test what opens the tunnel, because a program must not answer it before the request in front of it. */
class Tunnels {
  readonly #requested: Promise<() => void>
  #tell: (open: () => void) => void = () => {}

  constructor() {
    this.#requested = new Promise((resolve) => {
      this.#tell = resolve
    })
  }

  readonly prepare = (server: Server): void => {
    server.on('upgrade', (_: IncomingMessage, socket: Duplex) => {
      socket.on('error', () => {})
      this.#tell(() => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
        socket.pipe(socket)
      })
    })
  }

  requested(): Promise<() => void> {
    return this.#requested
  }
}

/** What retires the connection. */
const retirements: Readonly<Record<string, (keel: Keel, client: RawClient, clock: FakeClock) => unknown>> = {
  'by hand': (keel, client) => void keel.retire(client.key),
  'by its age': (_keel, _client, clock) => clock.advance(60_000),
  'by a drain': (keel, _client, clock) => {
    keel.drain({ within: 10 }).catch(() => {})
    clock.advance(10)
    return new Promise((resolve) => keel.on('retire', resolve))
  },
}

/** Asserts that the response in front is whole and keeps the connection, and that the tunnel carries 3 messages. */
async function carries(client: RawClient, answer: () => void, open: () => void): Promise<void> {
  answer()
  const response = await client.response()
  assert.deepEqual([response.status, response.body], [200, 'ok'])
  assertKept(response)
  open()
  assert.equal((await client.response()).status, 101)
  for (const message of ['one', 'two', 'three']) {
    const came = once(client.socket, 'progress')
    client.send(message)
    await Promise.race([came, client.ended])
    assert.ok(client.rest.endsWith(message), `the tunnel has sent ${JSON.stringify(client.rest)}`)
  }
  assert.equal(client.rest, 'onetwothree')
}

for (const app of [plain, secure]) {
  describe(`${app.name}: an upgrade behind a request in flight`, () => {
    const run = (
      mounts: number,
      test: (context: Context, tunnels: Tunnels, clock: FakeClock) => Promise<void>,
    ): Promise<void> => {
      const clock = new FakeClock()
      const tunnels = new Tunnels()
      const options = { clock, jitter: 0, maxConnectionAge: 60_000 }
      const { prepare } = tunnels
      return serving(app, { options, mounts, attached: mounts > 0, prepare }, (context) =>
        test(context, tunnels, clock),
      )
    }

    it('opens its tunnel behind the response on a bare server', () =>
      run(0, async ({ connect, nextWaiting }, tunnels) => {
        const client = await connect()
        const waiting = nextWaiting()
        client.send(slow + upgrade)
        await carries(client, await waiting, await tunnels.requested())
      }))

    for (const [how, retire] of Object.entries(retirements)) {
      for (const first of [true, false]) {
        const when = first ? 'in front of it' : 'behind it'
        it(`opens its tunnel on a connection retired ${how} ${when}`, () =>
          run(1, async ({ connect, nextWaiting, keel }, tunnels, clock) => {
            const client = await connect()
            const waiting = nextWaiting()
            client.send(slow)
            const answer = await waiting
            if (first) await retire(keel(), client, clock)
            client.send(upgrade)
            const open = await tunnels.requested()
            if (!first) await retire(keel(), client, clock)
            await carries(client, answer, open)
            assert.equal(keel().snapshot().connections.upgraded, 1)
            keel().detach()
          }))
      }
    }

    it('is not handed over behind a response that has said close', () =>
      run(1, async ({ connect, nextWaiting, keel }, tunnels) => {
        let isHandedOver = false
        void tunnels.requested().then(() => {
          isHandedOver = true
        })
        const client = await connect()
        const waiting = nextWaiting()
        client.send(slow)
        const answer = await waiting
        keel().retire(client.key)
        answer()
        client.send(upgrade)
        assert.equal((await client.response()).headers.get('connection'), 'close')
        assert.equal(await client.ended, 'fin')
        assert.equal(isHandedOver, false)
      }))
  })
}
