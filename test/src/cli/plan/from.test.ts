import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { attach } from '@evenkeel/node'
import { collect } from '@evenkeel/prometheus'
import { freePort } from '@evenkeel/test-kit/free-port'
import { evenkeel } from '../evenkeel.js'
import type { Planned } from './planned.js'

const from = ['--max-requests', '50', '--max-age', '30s', '--over', '1s', '--json'] as const

/** A server until the end of the test. */
async function listening(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
}

describe('evenkeel plan --from', { concurrency: 3 }, () => {
  it('reads connections and requests of a server with @evenkeel/prometheus, for 3 such servers', async (t) => {
    const app = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1')
    await once(app, 'listening')
    t.after(() => app.close().closeAllConnections())
    const keel = attach(app)
    const register = collect(keel)
    const { port } = app.address() as AddressInfo
    const sockets = Array.from({ length: 4 }, () => connect(port, '127.0.0.1'))
    const ask = (): Promise<unknown> =>
      Promise.all(
        sockets.map((socket) => {
          socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
          return once(socket, 'data')
        }),
      )
    await ask()
    const address = await listening(t, async (_, response) => {
      const text = await register.metrics()
      await ask()
      response.end(text)
    })
    const { code, json, stderr } = await evenkeel('plan', '--from', address, '--servers', '3', ...from)
    assert.deepEqual([code, stderr], [0, ''])
    const { numbers } = json<Planned>()
    assert.deepEqual([numbers.servers, numbers.to, numbers.connections], [3, 4, 12])
    // 4 requests between the two readings, which are a second apart or more.
    assert.ok(numbers.rate > 0 && numbers.rate <= 12, `${numbers.rate}`)
    for (const socket of sockets) socket.destroy()
  })

  /** Metrics of a server that has served so many requests more at each reading. */
  function metrics(step: number, more = ''): RequestListener {
    let requests = 1_000
    return (_, response) => {
      requests += step
      response.end(
        `evenkeel_connections{state="idle"} 50\nevenkeel_connections{state="active"} 10\n` +
          `evenkeel_connections_opened_total 70\nevenkeel_requests_total ${requests}\n${more}`,
      )
    }
  }

  it('reads from two servers how many there are, and adds them up', async (t) => {
    const both = await Promise.all([listening(t, metrics(300)), listening(t, metrics(100))])
    const { json } = await evenkeel('plan', ...both.flatMap((each) => ['--from', each]), ...from)
    const { numbers } = json<Planned>()
    assert.deepEqual([numbers.servers, numbers.connections], [2, 120])
  })

  it('reads from a member of a fleet how many servers there are', async (t) => {
    const address = await listening(
      t,
      metrics(300, 'evenkeel_fleet_members{server="a"} 5\nevenkeel_fleet_members{server="b"} 5\n'),
    )
    const { json } = await evenkeel('plan', '--from', address, ...from)
    assert.deepEqual([json<Planned>().numbers.servers, json<Planned>().numbers.connections], [5, 300])
  })

  it('says what metrics do not tell', async (t) => {
    const address = await listening(t, metrics(300))
    const { stdout } = await evenkeel('plan', '--from', address, '--servers', '2', '--over', '1s')
    assert.match(stdout, /^One server shows 60 connections, /)
    assert.match(
      stdout,
      /^Metrics do not tell these, give what you know: --to 3, --clients 120, --skew 0, --handshake 0\.46ms, --balancer random\.$/m,
    )
  })

  it('ends with 2 where they do not tell how many servers there are', async (t) => {
    const { code, stderr } = await evenkeel('plan', '--from', await listening(t, metrics(300)), ...from)
    assert.match(stderr, /--servers is not given, and the metrics do not tell it: give it/)
    assert.equal(code, 2)
  })

  it('ends with 2 for a server that was started anew meanwhile', async (t) => {
    const { code, stderr } = await evenkeel(
      'plan',
      '--from',
      await listening(t, metrics(-5)),
      '--servers',
      '2',
      ...from,
    )
    assert.match(stderr, /has begun to count anew: run it again when the server stays up/)
    assert.equal(code, 2)
  })

  it('ends with 2 for a page without such metrics, for another status, and where nobody listens', async (t) => {
    const page = await listening(t, (_, response) => response.end('<html>'))
    const missing = await listening(t, (_, response) => response.writeHead(404).end())
    for (const [address, fault] of [
      [page, /shows no evenkeel_connections, .*: give the address where the metrics/],
      [missing, /answers 404: check the address/],
      [
        `http://127.0.0.1:${await freePort()}/metrics`,
        /does not answer \(.*ECONNREFUSED.*\): check the address/,
      ],
    ] as const) {
      const { code, stderr } = await evenkeel('plan', '--from', address, ...from)
      assert.match(stderr, fault)
      assert.equal(code, 2)
    }
  })
})
