import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createSecureServer, createServer, type Http2Server } from 'node:http2'
import { describe, it, mock } from 'node:test'
import { attach } from '@evenkeel/node'
import { nextClose } from '@evenkeel/test-kit/closes'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { listening } from '@evenkeel/test-kit/listening'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { certificate } from '../certificate.js'
import { ask, goaway, session } from './serving.js'

const three = { maxRequestsPerConnection: 3, jitter: 0 }

/** The same for the server that speaks plain text and for the one that speaks TLS. */
for (const [name, secure, create] of [
  ['plain', false, () => createServer()],
  ['secure', true, () => createSecureServer(certificate)],
] as const) {
  describe(`http2, ${name}`, () => {
    const serving = (test: (server: Http2Server, port: number) => Promise<void>) => {
      const server: Http2Server = create()
      server.on('request', (request, response) => {
        if (request.url === '/wait') server.emit('waiting', () => response.end('ok'))
        else response.end('ok')
      })
      return listening(server, ({ port }) => test(server, port))
    }

    it('serves three streams of three, says GOAWAY behind the third, and ends the session', () =>
      serving(async (server, port) => {
        const keel = attach(server, three)
        const client = await session(port, secure)
        const gone = goaway(client)
        const closed = once(client, 'close')
        for (let request = 0; request < 3; request++) {
          const answer = await ask(client)
          assert.deepEqual([answer.status, answer.body, answer.code], [200, 'ok', 0])
        }
        assert.equal(await gone, 0)
        await closed
        assert.equal(keel.snapshot().totals.retired['max-requests'], 1)
      }))

    it('sends no Connection and no Keep-Alive header, which HTTP/2 forbids', () =>
      serving(async (server, port) => {
        attach(server, { maxRequestsPerConnection: 1, jitter: 0 })
        const client = await session(port, secure)
        const { headers } = await ask(client)
        assert.equal(headers.has('connection'), false)
        assert.equal(headers.has('keep-alive'), false)
        client.close()
      }))

    it('answers a stream that is open when the session is retired', () =>
      serving(async (server, port) => {
        const keel = attach(server, { maxRequestsPerConnection: 2, jitter: 0 })
        const client = await session(port, secure)
        const closed = once(client, 'close')
        const waiting = once(server, 'waiting')
        const slow = ask(client, '/wait')
        const [answer] = (await waiting) as [() => void]
        const gone = goaway(client)
        assert.equal((await ask(client)).body, 'ok')
        await gone
        assert.equal(keel.snapshot().connections.active, 1)
        answer()
        assert.equal((await slow).body, 'ok')
        await closed
      }))

    it('counts sessions apart, and each of their streams once', () =>
      serving(async (server, port) => {
        const keel = attach(server, three)
        const [one, other] = [await session(port, secure), await session(port, secure)]
        await ask(one)
        await ask(one)
        await ask(other)
        assert.deepEqual([...keel.connections()].map(({ requests }) => requests).sort(), [1, 2])
        assert.equal(keel.snapshot().totals.requests, 3)
        one.close()
        other.close()
      }))

    it('retires a session at the first stream after its age of 60 000 ms', () =>
      serving(async (server, port) => {
        const clock = new FakeClock()
        const keel = attach(server, { maxConnectionAge: 60_000, jitter: 0, clock })
        const client = await session(port, secure)
        await ask(client)
        clock.advance(59_999)
        await ask(client)
        assert.equal(keel.snapshot().totals.retired['max-age'], 0)
        clock.advance(1)
        const gone = goaway(client)
        assert.equal((await ask(client)).body, 'ok')
        assert.equal(await gone, 0)
        assert.equal(keel.snapshot().totals.retired['max-age'], 1)
      }))

    it('retires a session that was idle for 10 000 ms, and not one with a stream open', async () => {
      mock.timers.enable({ apis: ['setInterval'] })
      try {
        await serving(async (server, port) => {
          const clock = new FakeClock()
          const keel = attach(server, { idleTimeout: 10_000, clock })
          const [idle, busy] = [await session(port, secure), await session(port, secure)]
          await ask(idle)
          const waiting = once(server, 'waiting')
          const slow = ask(busy, '/wait')
          const [answer] = (await waiting) as [() => void]
          const closed = once(idle, 'close')
          clock.advance(9_999)
          mock.timers.tick(1_000)
          assert.equal(keel.snapshot().totals.retired['idle-timeout'], 0)
          clock.advance(1_001)
          mock.timers.tick(1_000)
          await closed
          assert.equal(keel.snapshot().totals.retired['idle-timeout'], 1)
          answer()
          assert.equal((await slow).body, 'ok')
          busy.close()
        })
      } finally {
        mock.timers.reset()
      }
    })

    it('does not count what is exempt, by method, url and headers', () =>
      serving(async (server, port) => {
        const keel = attach(server, {
          ...three,
          exempt: ({ method, url, headers }) =>
            method === 'GET' && url === '/health' && headers['x-probe'] === '1',
        })
        const client = await session(port, secure)
        for (let check = 0; check < 5; check++) await ask(client, '/health', { 'x-probe': '1' })
        await ask(client, '/health')
        assert.equal(keel.snapshot().totals.requests, 1)
        client.close()
      }))

    it('counts streams that no request listener sees', async () => {
      const server: Http2Server = create()
      server.on('stream', (stream) => {
        stream.respond({ ':status': 200 })
        stream.end('ok')
      })
      await listening(server, async ({ port }) => {
        const keel = attach(server, three)
        const client = await session(port, secure)
        const gone = goaway(client)
        for (let request = 0; request < 3; request++) assert.equal((await ask(client)).body, 'ok')
        await gone
        assert.equal(keel.snapshot().totals.requests, 3)
      })
    })

    it('counts a session that was open before from its next stream', () =>
      serving(async (server, port) => {
        const client = await session(port, secure)
        for (let request = 0; request < 5; request++) await ask(client)
        const keel = attach(server, three)
        await ask(client)
        assert.equal(keel.snapshot().totals.requests, 1)
        assert.equal(keel.snapshot().totals.opened, 1)
        client.close()
      }))

    it('returns to none when sessions are cut with streams in flight', () =>
      serving(async (server, port) => {
        const keel = attach(server, three)
        const client = await session(port, secure)
        const waiting = once(server, 'waiting')
        void ask(client, '/wait')
        await waiting
        const closed = nextClose(keel)
        client.destroy()
        await closed
        assert.deepEqual(keel.snapshot().connections, { new: 0, active: 0, idle: 0, upgraded: 0, total: 0 })
      }))

    it('refuses only streams that no handler has seen, and each succeeds after a retry', async () => {
      const handled = new Map<string, number>()
      const server: Http2Server = create()
      server.on('request', (request, response) => {
        const id = String(request.headers['x-id'])
        handled.set(id, (handled.get(id) ?? 0) + 1)
        setImmediate(() => response.end(id))
      })
      await listening(server, async ({ port }) => {
        const keel = attach(server, { maxRequestsPerConnection: 20, jitter: 0.2 })
        let client = await session(port, secure)
        const fresh = async () => {
          if (client.closed || client.destroyed) client = await session(port, secure)
          return client
        }
        let next = 0
        let refused = 0
        await Promise.all(
          Array.from({ length: 10 }, async () => {
            while (next < 600) {
              const id = String(next++)
              for (;;) {
                const current = await fresh()
                if (current.closed || current.destroyed) continue
                const { status, code, body } = await ask(current, '/', { 'x-id': id })
                if (status === 200) {
                  assert.equal(body, id)
                  break
                }
                refused++
                assert.equal(
                  handled.get(id),
                  undefined,
                  `stream ${id} ended with ${code} though it was handled`,
                )
              }
            }
          }),
        )
        assert.equal(handled.size, 600)
        assert.deepEqual(
          [...handled.values()].filter((times) => times !== 1),
          [],
        )
        assert.ok(keel.snapshot().totals.retired['max-requests'] >= 12, 'sessions were retired all along')
        assert.ok(refused < 300, `${refused} of 600 were refused`)
        client.close()
      })
    })
  })
}

describe('http2, secure with allowHTTP1', () => {
  const serving = (test: (server: Http2Server, port: number) => Promise<void>) => {
    const server: Http2Server = createSecureServer({ ...certificate, allowHTTP1: true }, (_, response) =>
      response.end('ok'),
    )
    return listening(server, ({ port }) => test(server, port))
  }

  it('limits HTTP/1.1 connections by their last response and sessions by GOAWAY', () =>
    serving(async (server, port) => {
      const keel = attach(server, three)
      const old = await RawClient.connect({ port, secure: true })
      const seen: (string | undefined)[] = []
      for (let request = 0; request < 3; request++) {
        seen.push((await old.request('/')).headers.get('connection'))
      }
      assert.deepEqual(seen, ['keep-alive', 'keep-alive', 'close'])
      assert.equal(await old.ended, 'fin')
      const client = await session(port, true)
      const gone = goaway(client)
      for (let request = 0; request < 3; request++) assert.equal((await ask(client)).body, 'ok')
      await gone
      assert.equal(keel.snapshot().totals.opened, 2)
      assert.equal(keel.snapshot().totals.requests, 6)
    }))

  it('leaves the server as it was found when it is detached', () =>
    serving(async (server) => {
      const names = () => Object.getOwnPropertyNames(server).sort()
      const before = names()
      const keel = attach(server)
      assert.notDeepEqual(names(), before)
      keel.detach()
      assert.deepEqual(names(), before)
    }))
})
