import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { describe, it } from 'node:test'
import { attach, OptionError } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { connectionHeader, connectionHeaders, exchange, get, serving } from './serving.js'

describe('attach', () => {
  it('gives the same keel for the same server', () => {
    const server = createServer()
    const keel = attach(server, { maxRequestsPerConnection: 5 })
    assert.equal(attach(server, { maxRequestsPerConnection: 5 }), keel)
    assert.equal(attach(server), keel)
    assert.notEqual(attach(createServer()), keel)
  })

  it('refuses other options the second time, and names both values', () => {
    const server = createServer()
    attach(server, { maxRequestsPerConnection: 5 })
    assert.throws(
      () => attach(server, { maxRequestsPerConnection: 6 }),
      (error) => {
        assert.ok(error instanceof OptionError)
        assert.equal(error.code, 'ERR_EVENKEEL_OPTIONS_CONFLICT')
        assert.equal(
          error.message,
          'maxRequestsPerConnection is 6, but this server is attached with 5: ' +
            'attach it once, or with the same options (functions kept in a constant) each time',
        )
        return true
      },
    )
  })

  it('refuses what is no HTTP server', () => {
    for (const server of [undefined, {}, createTcpServer(), () => {}]) {
      assert.throws(() => attach(server as never), { code: 'ERR_EVENKEEL_OPTION_INVALID', option: 'server' })
    }
  })

  it('refuses a bad option before it touches the server', () => {
    const server = createServer()
    const { keepAliveTimeout } = server
    assert.throws(() => attach(server, { jitter: 5 }), { option: 'jitter' })
    assert.equal(server.keepAliveTimeout, keepAliveTimeout)
    assert.equal(Object.hasOwn(server, 'emit'), false)
  })

  it('keeps two servers of one process apart', () =>
    serving(
      (_, response) => response.end('one'),
      (one, onePort) =>
        serving(
          (_, response) => response.end('two'),
          async (two, twoPort) => {
            const keels = [
              attach(one, { maxRequestsPerConnection: 2, jitter: 0 }),
              attach(two, { maxRequestsPerConnection: 3, jitter: 0 }),
            ]
            assert.deepEqual(connectionHeaders(await exchange(onePort, get, get)), ['keep-alive', 'close'])
            assert.deepEqual(connectionHeaders(await exchange(twoPort, get, get, get)), [
              'keep-alive',
              'keep-alive',
              'close',
            ])
            assert.deepEqual(
              keels.map((keel) => keel.snapshot().totals.requests),
              [2, 3],
            )
          },
        ),
    ))

  it('counts a connection that was open before from its next request', () =>
    serving(
      (_, response) => response.end('ok'),
      async (server, port) => {
        const client = RawClient.open({ port })
        for (let request = 0; request < 5; request++) await client.request('/')
        const keel = attach(server, { maxRequestsPerConnection: 2, jitter: 0 })
        assert.equal(connectionHeader(await client.request('/')), 'keep-alive')
        assert.equal(connectionHeader(await client.request('/')), 'close')
        assert.equal(keel.snapshot().totals.opened, 1)
      },
    ))

  it('holds back what is pipelined behind the last request, from a handler that answers at once', async () => {
    const handled: string[] = []
    await serving(
      (request, response) => {
        handled.push(request.url ?? '')
        response.end('ok')
      },
      async (server, port) => {
        attach(server, { maxRequestsPerConnection: 3, jitter: 0 })
        const text = [1, 2, 3, 4, 5].map((n) => get.replace('/', `/${n}`)).join('')
        assert.deepEqual(connectionHeaders(await exchange(port, text)), ['keep-alive', 'keep-alive', 'close'])
        assert.deepEqual(handled, ['/1', '/2', '/3'])
      },
    )
  })

  it('marks the last of three pipelined answers although the first is completed last', async () => {
    const answers: (() => void)[] = []
    await serving(
      (_, response) => {
        answers.push(() => response.end('ok'))
        if (answers.length === 3) for (const answer of answers.toReversed()) answer()
      },
      async (server, port) => {
        attach(server, { maxRequestsPerConnection: 3, jitter: 0 })
        const headers = connectionHeaders(await exchange(port, get.repeat(5)))
        assert.deepEqual(headers, ['keep-alive', 'keep-alive', 'close'])
      },
    )
  })

  it('sees requests before a listener that is prepended later', () =>
    serving(
      () => assert.fail('the first listener has answered'),
      async (server, port) => {
        attach(server, { maxRequestsPerConnection: 1, jitter: 0 })
        server.removeAllListeners('request')
        server.prependListener('request', (_, response) => response.end('ok'))
        assert.deepEqual(connectionHeaders(await exchange(port, get)), ['close'])
      },
    ))

  it('counts a request once when a checkContinue listener hands it on', () =>
    serving(
      (_, response) => response.end('ok'),
      async (server, port) => {
        const keel = attach(server, { maxRequestsPerConnection: 2, jitter: 0 })
        server.on('checkContinue', (request, response) => {
          response.writeContinue()
          setImmediate(() => server.emit('request', request, response))
        })
        const expecting =
          'POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n'
        const client = RawClient.open({ port })
        for (const said of ['keep-alive', 'close']) {
          client.send(expecting)
          assert.equal((await client.response()).status, 100)
          assert.equal(connectionHeader(await client.response()), said)
        }
        assert.equal(keel.snapshot().totals.requests, 2)
      },
    ))

  it('counts a request whose exempt throws, and warns', () =>
    serving(
      (_, response) => response.end('ok'),
      async (server, port) => {
        const keel = attach(server, {
          maxRequestsPerConnection: 1,
          jitter: 0,
          exempt: () => {
            throw new Error('exempt failed on purpose')
          },
        })
        const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
        assert.deepEqual(connectionHeaders(await exchange(port, get)), ['close'])
        assert.equal((await warned).message, 'exempt failed on purpose')
        assert.equal(keel.snapshot().totals.requests, 1)
      },
    ))

  it('ends a connection whose application went around the mark', () =>
    serving(
      (_, response) => {
        Object.getPrototypeOf(response).writeHead.call(response, 200, { 'Content-Length': 2 })
        response.end('ok')
      },
      async (server, port) => {
        attach(server, { maxRequestsPerConnection: 1, jitter: 0 })
        assert.deepEqual(connectionHeaders(await exchange(port, get)), ['keep-alive'])
      },
    ))
})

describe('detach', () => {
  it('leaves the server as it was found', async () => {
    const server = createServer()
    const names = () => [Object.getOwnPropertyNames(server), Object.getOwnPropertySymbols(server).length]
    const listeners = () => server.eventNames().map((name) => [name, server.listenerCount(name)])
    const timeouts = () => [
      server.keepAliveTimeout,
      server.headersTimeout,
      Reflect.get(server, 'keepAliveTimeoutBuffer'),
    ]
    const before = [names(), listeners(), timeouts()]
    const keel = attach(server)
    assert.notDeepEqual([names(), listeners(), timeouts()], before)
    keel.detach()
    assert.deepEqual([names(), listeners(), timeouts()], before)
    keel.detach()
    assert.deepEqual([names(), listeners(), timeouts()], before)
  })

  it('keeps an emit that somebody else has put in front since', () => {
    const server = createServer()
    const keel = attach(server)
    const inner = server.emit
    const outer = function (this: typeof server, ...event: [never]) {
      return Reflect.apply(inner, this, event)
    }
    server.emit = outer
    keel.detach()
    assert.equal(server.emit, outer)
    let heard = 0
    server.on('anything', () => heard++)
    server.emit('anything')
    assert.equal(heard, 1)
  })

  it('lets the server be attached anew with other options', () => {
    const server = createServer()
    attach(server, { maxRequestsPerConnection: 5 }).detach()
    assert.equal(attach(server, { maxRequestsPerConnection: 6 }).limits.maxRequestsPerConnection, 6)
  })

  it('releases open sockets and those with a request in flight', async () => {
    let answer = (): void => {}
    let arrived = (): void => {}
    const inFlight = new Promise<void>((resolve) => {
      arrived = resolve
    })
    await serving(
      (_, response) => {
        answer = () => response.end('ok')
        arrived()
      },
      async (server, port) => {
        const keel = attach(server, { maxRequestsPerConnection: 1, jitter: 0 })
        const client = RawClient.open({ port })
        const response = client.request('/')
        await inFlight
        keel.detach()
        answer()
        assert.equal(connectionHeader(await response), 'keep-alive')
        assert.equal(keel.snapshot().connections.total, 0)
      },
    )
  })
})
