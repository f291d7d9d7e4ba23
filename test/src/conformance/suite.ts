import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Keel, ServerOptions } from '@evenkeel/node'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import type { RawClient, RawRequest } from '@evenkeel/test-kit/raw-client'
import type { App, AppSettings } from '../apps/app.js'
import { assertKept, assertMarked, type Context, isMarked, serving } from '../serving.js'

/** Three requests for each connection, exactly. */
const three: ServerOptions = { maxRequestsPerConnection: 3, jitter: 0 }

/** A loopback address of this process alone, so that no other takes a port of it between two connections. */
const ownAddress = { localAddress: `127.9.${(process.pid >> 8) & 255}.${process.pid & 255}` }

/** What every server and framework must do, asserted on the bytes it sends. */
export function conformance(app: App): void {
  const running = (settings: AppSettings, test: (context: Context) => Promise<void>): Promise<void> =>
    serving(app, settings, test)

  describe(app.name, () => {
    it('marks the third response of three and no other, then ends the connection with FIN', () =>
      running({ options: three }, async ({ connect }) => {
        const client = await connect()
        assertKept(await client.request('/ok'))
        assertKept(await client.request('/ok'))
        const last = await client.request('/ok')
        assertMarked(last)
        assert.equal(last.body, 'ok')
        assert.equal(await client.ended, 'fin')
        assert.equal(client.rest, '')
      }))

    it('marks the first response of one', () =>
      running({ options: { maxRequestsPerConnection: 1, jitter: 0 } }, async ({ connect }) => {
        const client = await connect()
        assertMarked(await client.request('/ok'))
        assert.equal(await client.ended, 'fin')
      }))

    it('keeps the connection when there is no limit', () =>
      running(
        { options: { maxRequestsPerConnection: Infinity, maxConnectionAge: Infinity } },
        async ({ connect, keel }) => {
          const client = await connect()
          for (let request = 0; request < 20; request++) assertKept(await client.request('/ok'))
          assert.equal(keel().snapshot().totals.requests, 20)
        },
      ))

    for (const [draw, last] of [
      [0, 10],
      [0.5, 7],
      [0.999, 5],
    ] as const) {
      it(`marks response ${last} of at most 10 when the jitter of 0.5 draws ${draw}`, () =>
        running(
          { options: { maxRequestsPerConnection: 10, jitter: 0.5, random: () => draw } },
          async ({ connect }) => {
            const client = await connect()
            for (let request = 1; request < last; request++) assertKept(await client.request('/ok'))
            assertMarked(await client.request('/ok'))
            assert.equal(await client.ended, 'fin')
          },
        ))
    }

    it('keeps every connection between 6 and 12 requests with a jitter of 0.5 and true randomness', () =>
      running({ options: { maxRequestsPerConnection: 12, jitter: 0.5 } }, async ({ connect }) => {
        const lengths = await Promise.all(Array.from({ length: 20 }, async () => lengthOf(await connect())))
        for (const length of lengths) assert.ok(length >= 6 && length <= 12, `one served ${length}`)
        assert.ok(new Set(lengths).size > 1, `all served ${lengths[0]}`)
      }))

    describe('age', () => {
      const clock = new FakeClock()
      const minute: ServerOptions = { maxConnectionAge: 60_000, jitter: 0, clock }

      it('marks the first response at 60 000 ms and none at 59 999', () =>
        running({ options: minute }, async ({ connect, keel }) => {
          const client = await connect()
          assertKept(await client.request('/ok'))
          clock.advance(59_999)
          assertKept(await client.request('/ok'))
          clock.advance(1)
          assertMarked(await client.request('/ok'))
          assert.equal(await client.ended, 'fin')
          assert.equal(keel().snapshot().totals.retired['max-age'], 1)
        }))

      it('marks a response whose request came before the limit and whose headers are sent after it', () =>
        running({ options: minute }, async ({ connect, nextWaiting }) => {
          const client = await connect()
          const waiting = nextWaiting()
          const response = client.request('/wait')
          const answer = await waiting
          clock.advance(60_000)
          answer()
          assertMarked(await response)
          assert.equal(await client.ended, 'fin')
        }))

      it('leaves an idle connection past its age alone until its next request', () =>
        running({ options: minute }, async ({ connect, keel }) => {
          const client = await connect()
          assertKept(await client.request('/ok'))
          clock.advance(600_000)
          assert.equal(keel().snapshot().connections.idle, 1)
          assertMarked(await client.request('/ok'))
        }))
    })

    describe('marks whatever the answer is:', () => {
      for (const [what, path, method, status] of [
        ['a thrown error', '/throw', 'GET', 500],
        ['a 404', '/missing', 'GET', 404],
        ['a 204', '/empty', 'GET', 204],
        ['a 304', '/not-modified', 'GET', 304],
        ['a HEAD', '/ok', 'HEAD', 200],
      ] as const) {
        it(what, () =>
          running({ options: three }, async ({ connect }) => {
            const client = await connect()
            assertKept(await client.request(path, { method }))
            assertKept(await client.request('/ok'))
            const last = await client.request(path, { method })
            assert.equal(last.status, status)
            assertMarked(last)
            assert.equal(await client.ended, 'fin')
            assert.equal(client.rest, '')
          }),
        )
      }

      it('a POST, its body read and answered', () =>
        running({ options: three }, async ({ connect }) => {
          const client = await connect()
          const post = { method: 'POST', headers: 'Content-Type: text/plain\r\n', body: 'x'.repeat(100_000) }
          assertKept(await client.request('/echo', post))
          assertKept(await client.request('/echo', post))
          const last = await client.request('/echo', post)
          assertMarked(last)
          assert.equal(last.body, post.body)
          assert.equal(await client.ended, 'fin')
        }))
    })

    describe('an application that sets its own Connection header', () => {
      for (const [what, path] of [
        ['keep-alive by setHeader', 'set-header'],
        ['keep-alive by writeHead', 'write-head'],
        ['keep-alive by writeHead behind a reason phrase', 'write-head-reason'],
        ['keep-alive in a list given to writeHead', 'write-head-list'],
        ['keep-alive by setHeader and other headers by writeHead', 'set-header-and-write-head'],
        ['nothing, having removed it', 'removed'],
      ] as const) {
        it(`${what} is overruled on the last response only`, () =>
          running({ options: three }, async ({ connect }) => {
            const client = await connect()
            assertKept(await client.request(`/raw/${path}`))
            assertKept(await client.request(`/raw/${path}`))
            const last = await client.request(`/raw/${path}`)
            assertMarked(last)
            assert.equal(last.body, 'ok')
            assert.equal(await client.ended, 'fin')
          }))
      }

      it('keeps its other headers, repeated ones too', () =>
        running({ options: three }, async ({ connect }) => {
          const client = await connect()
          const first = await client.request('/raw/write-head-list')
          await client.request('/ok')
          const last = await client.request('/raw/write-head-list')
          assert.equal(last.headers.get('set-cookie'), first.headers.get('set-cookie'))
        }))

      it('keeps a connection option of its own in front of close', () =>
        running({ options: three }, async ({ connect }) => {
          const client = await connect()
          await client.request('/ok')
          await client.request('/ok')
          const last = await client.request('/raw/upgrade-required')
          assert.equal(last.headers.get('connection'), 'Upgrade, close')
          assert.equal(await client.ended, 'fin')
        }))

      for (const path of ['set-header-close', 'write-head-close']) {
        it(`ends the connection itself and is not counted as retired: ${path}`, () =>
          running(
            { options: { maxRequestsPerConnection: 1, jitter: 0 } },
            async ({ connect, keel, closed }) => {
              const client = await connect()
              assertMarked(await client.request(`/raw/${path}`))
              assert.equal(await client.ended, 'fin')
              await closed(1)
              assertNoneRetired(keel())
            },
          ))
      }
    })

    describe('clients that close by themselves are not counted as retired:', () => {
      it('HTTP/1.0', () =>
        running(
          { options: { maxRequestsPerConnection: 1, jitter: 0 } },
          async ({ connect, keel, closed }) => {
            const client = await connect()
            assertMarked(await client.request('/ok', { version: '1.0' }))
            assert.equal(await client.ended, 'fin')
            await closed(1)
            assertNoneRetired(keel())
          },
        ))

      it('a request that says Connection: close', () =>
        running(
          { options: { maxRequestsPerConnection: 1, jitter: 0 } },
          async ({ connect, keel, closed }) => {
            const client = await connect()
            assertMarked(await client.request('/ok', { headers: 'Connection: close\r\n' }))
            assert.equal(await client.ended, 'fin')
            await closed(1)
            assertNoneRetired(keel())
          },
        ))

      it('a client that ends an idle connection', () =>
        running({ options: three }, async ({ connect, keel, closed }) => {
          const client = await connect()
          assertKept(await client.request('/ok'))
          client.socket.end()
          await closed(1)
          assertNoneRetired(keel())
        }))

      it('a client that goes away while it waits for its answer', () =>
        running({ options: three }, async ({ connect, keel, closed, nextWaiting }) => {
          const client = await connect()
          assertKept(await client.request('/ok'))
          const waiting = nextWaiting()
          client.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
          const answer = await waiting
          assert.equal(keel().snapshot().connections.active, 1)
          client.close()
          await closed(1)
          answer()
          assert.equal(keel().snapshot().connections.total, 0)
          assertNoneRetired(keel())
        }))
    })

    it('marks an HTTP/1.0 connection that asked to be kept', () =>
      running({ options: three }, async ({ connect }) => {
        const client = await connect()
        const kept: RawRequest = { version: '1.0', headers: 'Connection: keep-alive\r\n' }
        assertKept(await client.request('/raw/write-head', kept))
        assertKept(await client.request('/raw/write-head', kept))
        assertMarked(await client.request('/raw/write-head', kept))
        assert.equal(await client.ended, 'fin')
      }))

    it('counts concurrent connections apart', () =>
      running({ options: three }, async ({ connect, keel }) => {
        const [one, other] = [await connect(), await connect()]
        assertKept(await one.request('/ok'))
        assertKept(await one.request('/ok'))
        assertKept(await other.request('/ok'))
        assertMarked(await one.request('/ok'))
        assertKept(await other.request('/ok'))
        assertMarked(await other.request('/ok'))
        assert.equal(keel().snapshot().totals.requests, 6)
      }))

    it('counts a request once when mounted three times', () =>
      running({ options: three, mounts: 3 }, async ({ connect, keel }) => {
        const client = await connect()
        assertKept(await client.request('/ok'))
        assertKept(await client.request('/ok'))
        assertMarked(await client.request('/ok'))
        assert.equal(keel().snapshot().totals.requests, 3)
      }))

    it('does not count what is exempt', () =>
      running(
        { options: { ...three, exempt: (request) => request.url === '/empty' } },
        async ({ connect, keel }) => {
          const client = await connect()
          for (let check = 0; check < 10; check++) assertKept(await client.request('/empty'))
          assertKept(await client.request('/ok'))
          assertKept(await client.request('/ok'))
          assertKept(await client.request('/empty'))
          assertMarked(await client.request('/ok'))
          assert.equal(keel().snapshot().totals.requests, 3)
        },
      ))

    it('starts at zero for a new connection on an old port', () =>
      running({ options: three }, async ({ connect, keel, closed }) => {
        const first = await connect({ from: ownAddress })
        assertKept(await first.request('/ok'))
        assertKept(await first.request('/ok'))
        const localPort = Number(first.key.split(':')[1])
        first.reset()
        await closed(1)
        const second = await connect({ from: { ...ownAddress, localPort } })
        assert.equal(second.key, first.key)
        assertKept(await second.request('/ok'))
        assertKept(await second.request('/ok'))
        assertMarked(await second.request('/ok'))
        assert.equal(keel().snapshot().totals.opened, 2)
      }))

    it('tells clients 65 s when it keeps idle connections for 70 s', () =>
      running({ options: { idleTimeout: 70_000 } }, async ({ connect }) => {
        const client = await connect()
        await client.request('/ok')
        const second = await client.request('/ok')
        assert.equal(second.headers.get('keep-alive'), 'timeout=65')
      }))

    it('tells listeners of open, retire and close, in this order and with the same key', () =>
      running({ options: three }, async ({ connect, keel, closed }) => {
        const first = await connect()
        await first.request('/ok')
        const seen: string[] = []
        keel().on('open', (event) => seen.push(`open ${event.connection.key}`))
        keel().on('retire', (event) => seen.push(`retire ${event.connection.key} ${event.reason}`))
        keel().on('close', (event) => seen.push(`close ${event.connection.key} ${event.reason}`))
        const second = await connect()
        for (let request = 0; request < 3; request++) await second.request('/ok')
        await closed(1)
        assert.deepEqual(seen, [
          `open ${second.key}`,
          `retire ${second.key} max-requests`,
          `close ${second.key} max-requests`,
        ])
      }))

    it('retires the connection of a key by hand', () =>
      running({ options: three }, async ({ connect, keel }) => {
        const client = await connect()
        assertKept(await client.request('/ok'))
        assert.equal(keel().retire(client.key), true)
        assert.equal(keel().retire(client.key), false)
        assert.equal(keel().retire('192.0.2.1:1'), false)
        assertMarked(await client.request('/ok'))
        assert.equal(keel().snapshot().totals.retired.manual, 1)
      }))

    it('reports what closed connections served and how old they were', () =>
      running({ options: three }, async ({ connect, keel, closed }) => {
        await lengthOf(await connect())
        await lengthOf(await connect())
        await closed(2)
        const { requestsPerConnection, ageAtClose, totals } = keel().snapshot()
        assert.deepEqual(requestsPerConnection.buckets, [{ le: 3, count: 2 }])
        assert.equal(ageAtClose.count, 2)
        assert.equal(totals.retired['max-requests'], 2)
        assert.equal(totals.closed, 2)
      }))

    it('serves bare again once detached', () =>
      running({ options: three }, async ({ connect, keel }) => {
        const client = await connect()
        assertKept(await client.request('/ok'))
        keel().detach()
        for (let request = 0; request < 5; request++) {
          const response = await client.request('/raw/set-header')
          assertKept(response)
        }
      }))
  })
}

/** How many requests the connection serves until one is marked. */
async function lengthOf(client: RawClient): Promise<number> {
  for (let length = 1; ; length++) {
    const response = await client.request('/ok')
    if (isMarked(response)) {
      assert.equal(await client.ended, 'fin')
      return length
    }
  }
}

function assertNoneRetired(keel: Keel): void {
  assert.deepEqual(
    Object.values(keel.snapshot().totals.retired).filter((total) => total > 0),
    [],
  )
}
