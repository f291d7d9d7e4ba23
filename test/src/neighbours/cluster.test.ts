import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { ServerOptions } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { it } from '../wire/it.js'
import { clientOfEach, clustered, type Pair } from './clustered.js'
import type { Settings } from './programs/cluster.js'
import type { Account } from './programs/worker.js'

const options: ServerOptions = { maxRequestsPerConnection: 3, jitter: 0, tuneTimeouts: false }

describe('node:cluster', { concurrency: true }, () => {
  it('two workers on a port, with a limit of 3: each of 6 connections has 3 requests, and the workers count 18', () =>
    clustered({ options }, async ({ port, send, next }) => {
      for (let connection = 0; connection < 6; connection++) {
        const client = await RawClient.connect({ port })
        const marks = []
        for (let request = 0; request < 3; request++)
          marks.push((await client.request('/')).headers.get('connection'))
        assert.deepEqual([...marks, await client.ended], ['keep-alive', 'keep-alive', 'close', 'fin'])
      }
      send('accounts')
      const accounts = [await next<Account>('retired'), await next<Account>('retired')]
      assert.notEqual(accounts[0]?.id, accounts[1]?.id)
      assert.equal(
        accounts.reduce((sum, { requests }) => sum + requests, 0),
        18,
      )
      assert.equal(
        accounts.reduce((sum, { retired }) => sum + retired, 0),
        6,
      )
    }))

  it('a worker that exits ends its connections, and the other serves on, as without Even Keel', () =>
    assertSame({}, async ({ port, send, next }) => {
      const clients = await clientOfEach(port)
      send({ worker: '1', order: 'exit' })
      const { code } = await next<{ code: number }>('exited')
      const other = await clients.get('2')?.request('/')
      assert.equal(other?.body, '2')
      return { code, end: await clients.get('1')?.ended, mark: other.headers.get('connection') }
    }))

  it('cluster.disconnect() with a connection idle and one in flight ends as without Even Keel', () =>
    assertSame({}, async ({ port, send, next }) => {
      const clients = await clientOfEach(port)
      clients.get('2')?.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
      send('disconnect')
      const { exited, code } = await next<{ exited: string; code: number }>('exited')
      assert.equal(exited, '1')
      const end = await clients.get('1')?.ended
      clients.get('2')?.close()
      await next('disconnected')
      return { code, end }
    }))

  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const skip = major < 22 || (major === 22 && minor < 12) ? 'Node knows it from 22.12 on' : false
  it(
    'dropMaxConnection at a maxConnections of 1 ends the third connection as without Even Keel',
    { skip },
    () =>
      assertSame({ own: { maxConnections: 1, dropMaxConnection: true } }, async ({ port }) => {
        const clients = await clientOfEach(port)
        const third = await RawClient.connect({ port })
        const end = await third.ended
        assert.equal(end, 'fin')
        const marks = []
        for (const client of clients.values())
          marks.push((await client.request('/')).headers.get('connection'))
        return { end, marks }
      }),
  )

  it('with room for 2 in each of 2 workers, 8 connections that stay idle are answered: others are evicted', () =>
    clustered({ options: { maxConnections: 2, quietGuard: 1 } }, async ({ port }) => {
      for (let connection = 0; connection < 8; connection++) {
        const client = await RawClient.connect({ port })
        assert.equal((await client.request('/')).status, 200)
      }
    }))
})

/** Asserts that workers whose servers are attached show the same as bare ones. */
async function assertSame(settings: Settings, test: (pair: Pair) => Promise<unknown>): Promise<void> {
  const [bare, attached] = await Promise.all([
    clustered(settings, test),
    clustered({ ...settings, options }, test),
  ])
  assert.deepEqual(attached, bare)
}
