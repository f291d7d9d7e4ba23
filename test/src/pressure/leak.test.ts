import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { noAddress } from '../address.js'
import { Cast } from './leak/cast.js'

const places = 1_000
const clients = 50
const leaks = 5_000
const newcomer = '127.0.0.200'

/** Opens a connection for one request; false if it is refused. */
async function isServed(port: number): Promise<boolean> {
  const client = await RawClient.connect({ port, from: { localAddress: newcomer } })
  const response = await client.request('/').catch(() => undefined)
  client.close()
  return response?.status === 200
}

/** How many connections to a port the system calls established; 0 where it does not say. */
function established(port: number): number {
  if (!existsSync('/proc/net/tcp')) return 0
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const connections = readFileSync('/proc/net/tcp', 'latin1')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, end, , state]) => end?.endsWith(local) && state === '01')
    .map(([, , peer]) => peer)
  // While others come and go the system lists some twice.
  return new Set(connections).size
}

async function withCast(test: (cast: Cast) => Promise<void>): Promise<void> {
  const cast = new Cast()
  try {
    await test(cast)
  } finally {
    await cast.end()
  }
}

const skip = await noAddress(newcomer)

describe('a client that leaks connections', { skip }, () => {
  it('takes 1,000 places of a bare server for good, and a well-behaved newcomer is refused', () =>
    withCast(async (cast) => {
      const { port, count } = await cast.serve('bare', places)
      const finish = await cast.keep(port, clients)
      await cast.leak(port, places - clients)
      assert.equal((await count()).open, places)
      assert.equal(await isServed(port), false)
      assert.deepEqual((await finish()).failures, {})
    }))

  it('leaks 5,000 into 1,000 places, while 50 others keep theirs without a failure', (t) =>
    withCast(async (cast) => {
      const { port, count } = await cast.serve('evenkeel', places)
      const finish = await cast.keep(port, clients)
      const leaked = await Promise.all([cast.leak(port, leaks / 2), cast.leak(port, leaks / 2)])
      const outside = established(port)
      const steady = await finish()
      const server = await count()
      t.diagnostic(JSON.stringify({ leaked, steady, server, outside }))

      assert.deepEqual(steady.failures, {})
      assert.equal(steady.opened, clients, 'they had to open as many connections')
      assert.equal(server.fromOthers, clients)
      assert.ok(server.most <= places, `${server.most} sockets were open`)
      assert.ok(outside <= places, `${outside} connections were established`)
      for (const { opened } of leaked) assert.ok(opened >= leaks / 2, `it opened ${opened}`)
      assert.ok(server.evicted >= leaks + clients - places, `${server.evicted} were evicted`)

      // The last of the leaked connections make no room before their quiet guard is over.
      while (!(await isServed(port))) await count()
    }))
})
