import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it, mock } from 'node:test'
import { attach, type Keel, retireSignal } from '@evenkeel/node'
import { Client, connectionHeaders, exchange, get, serving } from './serving.js'

const one = { maxRequestsPerConnection: 1, jitter: 0 }
const upgrade = get.replace('\r\n\r\n', '\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n')

function closed(keel: Keel, count: number): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (keel.snapshot().totals.closed >= count) resolve()
    }
    keel.on('close', look)
    look()
  })
}

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
        const client = new Client(port)
        await client.request()
        keel.retire(`127.0.0.1:${client.socket.localPort}`)
        assert.equal(signals[0]?.reason, 'manual')
        client.socket.destroy()
      },
    )
  })

  it('a client that never closes its side is cut off 5 000 ms behind the end of the last response', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      let now = 0
      await serving(
        (_, response) => {
          response.end('ok')
          response.socket?.end()
        },
        async (server, port) => {
          const keel = attach(server, { ...one, clock: { now: () => now } })
          const client = new Client(port)
          client.socket.allowHalfOpen = true
          const ended = once(client.socket, 'end')
          await client.request()
          await ended
          assert.equal(keel.snapshot().connections.total, 1)
          now += 6_000
          mock.timers.tick(1_000)
          await closed(keel, 1)
          client.socket.destroy()
        },
      )
    } finally {
      mock.timers.reset()
    }
  })

  it('an upload that was told to continue and is answered early is still read 6 000 ms later', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      let now = 0
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
          const keel = attach(server, { ...one, clock: { now: () => now } })
          const client = new Client(port)
          const head =
            'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\r\n'
          await client.request(head, /100 Continue\r\n\r\n$/)
          assert.deepEqual(connectionHeaders(await client.request('x'.repeat(10))), ['close'])
          now += 6_000
          mock.timers.tick(1_000)
          client.socket.write('x'.repeat(10))
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
          const client = new Client(port)
          client.socket.allowHalfOpen = true
          const [socket] = await accepted
          const ended = once(client.socket, 'end')
          await client.request()
          await ended
          keel.detach()
          const over = once(socket, 'close')
          mock.timers.tick(5_000)
          await over
          client.socket.destroy()
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
          message:
            'event is "retired": give one of open, retire, evict, idle-close, destroy, late, refuse, close, drain, drained, update',
        })
        assert.throws(() => keel.on('open', undefined as never), {
          message: /^listener is undefined: give a function/,
        })
        const client = new Client(port)
        await client.request()
        const key = `127.0.0.1:${client.socket.localPort}`
        assert.throws(() => keel.retire(key, 'bogus' as 'manual'), {
          message: /^reason is "bogus": give one of max-requests/,
        })
        client.socket.destroy()
      },
    ))
})
