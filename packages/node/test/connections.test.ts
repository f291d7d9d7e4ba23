import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { attach, type EventOf, type Keel, keyOf } from '@evenkeel/node'
import { closed, nextClose } from '@evenkeel/test-kit/closes'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { connectionHeader, get, serving } from './serving.js'

const ok = (_: unknown, response: { end(text: string): void }): void => response.end('ok')

describe('connections', () => {
  it('of an IPv4 client on a dual-stack server have its plain address', () =>
    serving(
      ok,
      async (server, port) => {
        const keel = attach(server)
        const client = RawClient.open({ port })
        await client.request('/')
        const key = client.key
        assert.deepEqual(
          [...keel.connections()].map((connection) => connection.key),
          [key],
        )
        assert.equal(keel.retire(`::ffff:${key}`), true)
        client.close()
      },
      { port: 0, host: '::' },
    ))

  it('over a unix socket are counted apart under names of their own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'evenkeel-'))
    const path = join(folder, 'socket')
    await serving(
      ok,
      async (server) => {
        const keel = attach(server, { maxRequestsPerConnection: 2, jitter: 0 })
        const [one, other] = [RawClient.open({ path }), RawClient.open({ path })]
        assert.equal(connectionHeader(await one.request('/')), 'keep-alive')
        assert.equal(connectionHeader(await other.request('/')), 'keep-alive')
        assert.equal(new Set([...keel.connections()].map(({ key }) => key)).size, 2)
        assert.equal(connectionHeader(await one.request('/')), 'close')
        assert.equal(connectionHeader(await other.request('/')), 'close')
      },
      { path },
    )
    await rm(folder, { recursive: true })
  })

  it('go from new to active to idle, and are gone when closed', () => {
    const states: string[] = []
    return serving(
      (_, response) => {
        states.push(stateNow())
        response.end('ok')
      },
      async (server, port) => {
        keel = attach(server)
        const client = RawClient.open({ port })
        const accepted = once(server, 'connection')
        await accepted
        states.push(stateNow())
        await client.request('/')
        states.push(stateNow())
        const close = nextClose<EventOf<'close'>>(keel)
        client.close()
        states.push((await close).connection.state)
        assert.deepEqual(states, ['new', 'active', 'idle', 'closed'])
        assert.equal(keel.snapshot().connections.total, 0)
      },
    )
    function stateNow(): string {
      return [...(keel?.connections() ?? [])].map(({ state }) => state).join()
    }
  })
  let keel: Keel | undefined

  it('that upgrade are reported as upgraded and not retired', () =>
    serving(ok, async (server, port) => {
      const upgrading = attach(server, { maxRequestsPerConnection: 1, jitter: 0 })
      server.on('upgrade', (_, socket) => {
        socket.resume().on('end', () => socket.end())
        socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n')
      })
      const client = RawClient.open({ port })
      const upgrade = get.replace('\r\n\r\n', '\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n')
      client.send(upgrade)
      assert.equal((await client.response()).status, 101)
      assert.equal(upgrading.snapshot().connections.upgraded, 1)
      assert.equal(upgrading.snapshot().totals.retired['max-requests'], 0)
      client.close()
    }))

  it('that the server closes while idle are retired for idle-timeout', () =>
    serving(ok, async (server, port) => {
      const idle = attach(server, { idleTimeout: 1 })
      const close = nextClose<EventOf<'close'>>(idle)
      const client = RawClient.open({ port })
      await client.request('/')
      assert.equal((await close).reason, 'idle-timeout')
      assert.equal(idle.snapshot().totals.retired['idle-timeout'], 1)
    }))

  it('are kept beyond the timer of a Node that has no buffer to set, once for each idle time', (t) =>
    serving(ok, async (server, port) => {
      if ('keepAliveTimeoutBuffer' in server) return t.skip('this Node has one')
      const extended = attach(server, { idleTimeout: 60_000 })
      const client = RawClient.open({ port })
      const accepted = once(server, 'connection')
      const answered = client.request('/')
      const [socket] = await accepted
      await answered
      for (let request = 0; request < 2; request++) {
        assert.equal(server.emit('timeout', socket), true, 'Node does not destroy it')
        assert.equal(extended.snapshot().totals.retired['idle-timeout'], 0)
        await client.request('/')
      }
      assert.equal(server.emit('timeout', socket), true)
      assert.equal(server.emit('timeout', socket), false, 'now it does')
      assert.equal(extended.snapshot().totals.retired['idle-timeout'], 1)
      client.close()
    }))

  it('return to none after requests that are aborted at any point', () =>
    serving(
      (_, response) => setImmediate(() => response.end('ok')),
      async (server, port) => {
        const aborted = attach(server)
        const texts = ['', 'GET', get.slice(0, -2), get, get + get, get.repeat(20), 'nonsense\r\n\r\n']
        for (const text of texts) {
          const client = RawClient.open({ port })
          await client.connected
          client.send(text)
          client.close()
        }
        await closed(aborted, texts.length)
        assert.deepEqual(aborted.snapshot().connections, {
          new: 0,
          active: 0,
          idle: 0,
          upgraded: 0,
          total: 0,
        })
      },
    ))

  it('have the key of their socket', () => {
    assert.equal(keyOf({ remoteAddress: '192.0.2.1', remotePort: 80 }), '192.0.2.1:80')
    assert.equal(keyOf({ remoteAddress: '::ffff:192.0.2.1', remotePort: 80 }), '192.0.2.1:80')
    assert.equal(keyOf({ remoteAddress: '2001:db8::1', remotePort: 80 }), '2001:db8::1:80')
    const gone = { remoteAddress: undefined, remotePort: undefined }
    assert.notEqual(keyOf(gone), keyOf(gone))
  })
})
