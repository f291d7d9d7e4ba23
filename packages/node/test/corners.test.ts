import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it, mock } from 'node:test'
import { attach, retireSignal } from '@evenkeel/node'
import { closed } from '@evenkeel/test-kit/closes'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { connectionHeader, connectionHeaders, exchange, get, serving } from './serving.js'

const one = { maxRequestsPerConnection: 1, jitter: 0 }
const upgrade = get.replace('\r\n\r\n', '\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n')

describe('corners of HTTP/1.1', () => {
  for (const [what, text] of [
    ['an upgrade', upgrade],
    ['a CONNECT', 'CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ] as const) {
    it(`${what} pipelined behind the last request does not reach the application`, () => {
      let answer = (): void => {}
      let reached = 0
      return serving(
        (_, response) => {
          answer = () => response.end('ok')
          setImmediate(answer)
        },
        async (server, port) => {
          const keel = attach(server, one)
          server.on('upgrade', () => reached++)
          server.on('connect', () => reached++)
          assert.deepEqual(connectionHeaders(await exchange(port, get + text)), ['close'])
          await closed(keel, 1)
          assert.equal(reached, 0)
        },
      )
    })
  }

  it('headers that cannot be written are marked again when they are written anew', () =>
    serving(
      (_, response) => {
        assert.throws(() => response.writeHead(200, { 'X-Bad': 'a\nb' }))
        response.removeHeader('X-Bad')
        response.setHeader('Connection', 'keep-alive')
        response.end('ok')
      },
      async (server, port) => {
        attach(server, one)
        assert.deepEqual(connectionHeaders(await exchange(port, get + get)), ['close'])
      },
    ))

  it('a request with a session of its own, as express-session gives it, has its signal', () => {
    const signals: AbortSignal[] = []
    return serving(
      (request, response) => {
        signals.push(retireSignal(Object.assign(request, { session: { user: 1 }, stream: {} })))
        response.end('ok')
      },
      async (server, port) => {
        const keel = attach(server)
        const client = RawClient.open({ port })
        await client.request('/')
        keel.retire(client.key)
        assert.equal(signals[0]?.reason, 'manual')
        client.close()
      },
    )
  })

  it('a client that never closes its side is cut off 5 000 ms behind the end of the last response', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      const clock = new FakeClock()
      await serving(
        (_, response) => {
          response.end('ok')
          response.socket?.end()
        },
        async (server, port) => {
          const keel = attach(server, { ...one, clock })
          const client = RawClient.open({ port, halfOpen: true })
          await client.request('/')
          assert.equal(await client.ended, 'fin')
          assert.equal(keel.snapshot().connections.total, 1)
          clock.advance(6_000)
          mock.timers.tick(1_000)
          await closed(keel, 1)
          client.close()
        },
      )
    } finally {
      mock.timers.reset()
    }
  })

  it('an upload that was told to continue and is answered early is still read 6 000 ms later', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      const clock = new FakeClock()
      let received = 0
      let whole = (): void => {}
      const read = new Promise<void>((resolve) => {
        whole = resolve
      })
      await serving(
        (request, response) => {
          request.on('data', (data) => {
            received += data.length
            if (!response.writableEnded) response.end('ok')
          })
          request.on('end', whole)
        },
        async (server, port) => {
          const keel = attach(server, { ...one, clock })
          const client = RawClient.open({ port })
          const head =
            'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\r\n'
          client.send(head)
          assert.equal((await client.response()).status, 100)
          client.send('x'.repeat(10))
          assert.equal(connectionHeader(await client.response()), 'close')
          clock.advance(6_000)
          mock.timers.tick(1_000)
          client.send('x'.repeat(10))
          await read
          assert.equal(received, 20)
          await closed(keel, 1)
        },
      )
    } finally {
      mock.timers.reset()
    }
  })

  it('a connection that is closing when the server is detached ends all the same', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      await serving(
        (_, response) => response.end('ok'),
        async (server, port) => {
          const keel = attach(server, one)
          const accepted = once(server, 'connection')
          const client = RawClient.open({ port, halfOpen: true })
          const [socket] = await accepted
          await client.request('/')
          assert.equal(await client.ended, 'fin')
          keel.detach()
          const over = once(socket, 'close')
          mock.timers.tick(5_000)
          await over
          client.close()
        },
      )
    } finally {
      mock.timers.reset()
    }
  })
})

describe('arguments that make no sense', () => {
  it('are named: an event, a listener, a reason', () =>
    serving(
      (_, response) => response.end('ok'),
      async (server, port) => {
        const keel = attach(server)
        assert.throws(() => keel.on('retired' as 'retire', () => {}), {
          message: 'event is "retired": did you mean retire?',
        })
        assert.throws(() => keel.on('request' as 'retire', () => {}), {
          message:
            'event is "request": give one of open, retire, evict, idle-close, destroy, late, refuse, close, drain, drained, update, fleet',
        })
        assert.throws(() => keel.on('open', undefined as never), {
          message: /^listener is undefined: give a function/,
        })
        const client = RawClient.open({ port })
        await client.request('/')
        const key = client.key
        assert.throws(() => keel.retire(key, 'bogus' as 'manual'), {
          message: /^reason is "bogus": give one of max-requests/,
        })
        assert.throws(() => keel.retire(key, 'max-request' as 'manual'), {
          message: 'reason is "max-request": did you mean max-requests?',
        })
        client.close()
      },
    ))
})
