import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { attach, type Keel, retireSignal, type ServerOptions } from '@evenkeel/node'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { listening } from '@evenkeel/test-kit/listening'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { EventSource } from 'eventsource'
import { WebSocket, WebSocketServer } from 'ws'

const minute = { maxConnectionAge: 60_000, jitter: 0 }

describe('long streams', () => {
  const clock = new FakeClock()
  beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }))
  afterEach(() => mock.timers.reset())

  /** Moves time on, and lets the sweep see it. */
  function pass(milliseconds: number): void {
    clock.advance(milliseconds)
    mock.timers.tick(1_000)
  }

  function serving(
    options: ServerOptions,
    listener: RequestListener,
    test: (server: Server, port: number, keel: Keel) => Promise<void>,
  ): Promise<void> {
    const server = createServer(listener)
    const keel = attach(server, { clock, ...options })
    return listening(server, ({ port }) => test(server, port, keel))
  }

  it('tell an SSE handler of the age at 60 000 ms, which ends the stream and lets EventSource reconnect', async () => {
    let streams = 0
    await serving(
      minute,
      (request, response) => {
        streams++
        response.writeHead(200, { 'Content-Type': 'text/event-stream' })
        response.write(`retry: 1\ndata: stream ${streams}\n\n`)
        retireSignal(request).addEventListener('abort', () => response.end('data: goodbye\n\n'))
      },
      async (_, port, keel) => {
        const source = new EventSource(`http://127.0.0.1:${port}/`)
        const seen: string[] = []
        const reconnected = new Promise<void>((resolve) => {
          source.addEventListener('message', ({ data }) => {
            seen.push(data)
            if (data === 'stream 1') {
              pass(59_000)
              assert.equal(keel.snapshot().totals.retired['max-age'], 0)
              pass(1_000)
            }
            if (data === 'stream 2') resolve()
          })
        })
        await reconnected
        source.close()
        assert.deepEqual(seen, ['stream 1', 'goodbye', 'stream 2'])
        assert.equal(keel.snapshot().totals.retired['max-age'], 1)
      },
    )
  })

  it('mark the response behind a stream that had sent its headers before', () =>
    serving(
      minute,
      (request, response) => {
        response.write('begun')
        if (request.url === '/stream')
          retireSignal(request).addEventListener('abort', () => response.end('done'))
        else response.end()
      },
      async (_, port) => {
        const client = await RawClient.connect({ port })
        const begun = once(client.socket, 'data')
        const stream = client.request('/stream')
        await begun
        pass(60_000)
        assert.equal((await stream).headers.get('connection'), 'keep-alive')
        assert.equal((await client.request('/')).headers.get('connection'), 'close')
        assert.equal(await client.ended, 'fin')
      },
    ))

  it('give every request of a connection the same signal, with the reason', () => {
    const signals: AbortSignal[] = []
    return serving(
      {},
      (request, response) => {
        signals.push(retireSignal(request), retireSignal(request))
        response.end('ok')
      },
      async (_, port, keel) => {
        const client = await RawClient.connect({ port })
        await client.request('/')
        await client.request('/')
        assert.equal(new Set(signals).size, 1)
        assert.equal(signals[0]?.aborted, false)
        keel.retire(client.key)
        assert.equal(signals[0]?.aborted, true)
        assert.equal(signals[0]?.reason, 'manual')
        await client.request('/')
        assert.equal(signals.at(-1), signals[0])
      },
    )
  })

  it('get a signal that never fires for a request of a server that is not attached', async () => {
    const signal = retireSignal({ socket: {} } as IncomingMessage)
    assert.equal(signal.aborted, false)
  })

  it('may outlive their age by the grace of 10 000 ms, then are destroyed and counted apart', () =>
    serving(
      { ...minute, maxConnectionAgeGrace: 10_000 },
      (_, response) => {
        response.writeHead(200)
        response.write('for ever')
      },
      async (_, port, keel) => {
        const client = await RawClient.connect({ port })
        const begun = once(client.socket, 'data')
        client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
        await begun
        pass(60_000)
        assert.equal(keel.snapshot().totals.retired['max-age'], 1)
        pass(9_000)
        assert.equal(client.socket.destroyed, false)
        assert.equal(keel.snapshot().totals.destroyed, 0)
        pass(1_000)
        await client.ended
        assert.equal(keel.snapshot().totals.destroyed, 1)
      },
    ))

  it('begin their grace when they begin behind an idle age', () =>
    serving(
      { ...minute, maxConnectionAgeGrace: 10_000 },
      (request, response) => {
        if (request.url === '/') response.end('ok')
        else response.write('for ever')
      },
      async (_, port, keel) => {
        const client = await RawClient.connect({ port })
        await client.request('/')
        pass(60_000)
        pass(60_000)
        assert.equal(keel.snapshot().connections.idle, 1)
        const begun = once(client.socket, 'data')
        client.send('GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n')
        await begun
        assert.equal(keel.snapshot().totals.retired['max-age'], 1)
        pass(9_000)
        assert.equal(keel.snapshot().totals.destroyed, 0)
        pass(1_000)
        await client.ended
        assert.equal(keel.snapshot().totals.destroyed, 1)
      },
    ))

  describe('WebSockets', () => {
    const webSockets = (
      options: ServerOptions,
      test: (port: number, keel: Keel, server: WebSocketServer) => Promise<void>,
    ) =>
      serving(
        options,
        (_, response) => response.end('no'),
        async (server, port, keel) => {
          const socketServer = new WebSocketServer({ server })
          socketServer.on('connection', (socket, request) => {
            socket.on('message', (data) => socket.send(String(data)))
            retireSignal(request).addEventListener('abort', () => socket.close(1001, 'going away'))
          })
          try {
            await test(port, keel, socketServer)
          } finally {
            for (const socket of socketServer.clients) socket.terminate()
          }
        },
      )

    it('are reported as upgraded, exempt from count and idle limits', () =>
      webSockets({ maxRequestsPerConnection: 1, jitter: 0, idleTimeout: 5_000 }, async (port, keel) => {
        const client = new WebSocket(`ws://127.0.0.1:${port}/`)
        await once(client, 'open')
        for (let message = 0; message < 10; message++) {
          client.send('hello')
          const [data] = await once(client, 'message')
          assert.equal(String(data), 'hello')
        }
        pass(600_000)
        const { connections, totals } = keel.snapshot()
        assert.deepEqual([connections.upgraded, connections.total], [1, 1])
        assert.equal(totals.retired['max-requests'] + totals.retired['idle-timeout'], 0)
        assert.equal(client.readyState, WebSocket.OPEN)
        client.close()
      }))

    it('are told of their age at 60 000 ms and say goodbye by themselves', () =>
      webSockets(minute, async (port, keel) => {
        const client = new WebSocket(`ws://127.0.0.1:${port}/`)
        await once(client, 'open')
        const closed = once(client, 'close')
        pass(60_000)
        const [code, reason] = await closed
        assert.deepEqual([code, String(reason)], [1001, 'going away'])
        assert.equal(keel.snapshot().totals.retired['max-age'], 1)
      }))

    it('are destroyed after their grace if they do not', () =>
      webSockets({ ...minute, maxConnectionAgeGrace: 10_000 }, async (port, keel, server) => {
        server.removeAllListeners('connection')
        const client = new WebSocket(`ws://127.0.0.1:${port}/`)
        await once(client, 'open')
        const closed = once(client, 'close')
        pass(60_000)
        pass(10_000)
        const [code] = await closed
        assert.equal(code, 1006)
        assert.equal(keel.snapshot().totals.destroyed, 1)
      }))
  })

  it('through CONNECT are reported as upgraded and left alone', () =>
    serving({ maxRequestsPerConnection: 1, jitter: 0 }, assert.fail, async (server, port, keel) => {
      server.on('connect', (_, socket) => {
        socket.write('HTTP/1.1 200 Connected\r\n\r\n')
        socket.pipe(socket)
      })
      const client = await RawClient.connect({ port })
      const connected = once(client.socket, 'data')
      client.send('CONNECT example.test:80 HTTP/1.1\r\nHost: example.test\r\n\r\n')
      await connected
      const echoed = once(client.socket, 'data')
      client.send('through the tunnel')
      assert.equal(String((await echoed)[0]), 'through the tunnel')
      assert.equal(keel.snapshot().connections.upgraded, 1)
      client.close()
    }))
})
