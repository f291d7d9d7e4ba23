import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { redisStore, type SendCommand } from '@evenkeel/fleet'
import { freePort } from '@evenkeel/test-kit/free-port'
import { Cluster } from 'ioredis'
import { createCluster } from 'redis'
import { noRedis, RedisServer } from './redis-server.js'

const never = new AbortController().signal

/** A node of a cluster needs a port, and another one that is 10 000 above. */
async function nodePort(): Promise<number> {
  const port = await freePort()
  return port < 55_000 ? port : port - 15_000
}

describe('the store in Redis Cluster', { skip: noRedis, timeout: 60_000 }, () => {
  let server: RedisServer
  let port = 0
  before(async () => {
    port = await nodePort()
    server = await RedisServer.start(
      ...['--port', `${port}`, '--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'],
    )
    await server.run('CLUSTER', 'ADDSLOTS', ...Array.from({ length: 16_384 }, (_, slot) => `${slot}`))
    while (!String(await server.run('CLUSTER', 'INFO')).includes('cluster_state:ok')) await setTimeout(50)
  })
  after(() => server.end())

  async function assertWorks(sendCommand: SendCommand, group: string): Promise<void> {
    const store = redisStore({ sendCommand })
    await store.exchange(group, 'a', { load: 10, weight: 1 }, 60_000, never)
    assert.equal((await store.exchange(group, 'b', { load: 20, weight: 1 }, 60_000, never)).load, 30)
    await store.leave(group, 'a')
    assert.deepEqual([...(await store.members(group)).keys()], ['b'])
  }

  it('has the 3 keys of a group on one node: by ioredis', async () => {
    const cluster = new Cluster([{ host: '127.0.0.1', port }])
    await assertWorks((...args) => cluster.call(...args), 'web')
    cluster.disconnect()
  })

  it('has the 3 keys of a group on one node: by node-redis, which asks for the first key', async () => {
    const cluster = await createCluster({ rootNodes: [{ url: `redis://127.0.0.1:${port}` }] }).connect()
    await assertWorks((...args) => cluster.sendCommand(args[3], false, args), 'api')
    cluster.destroy()
  })
})
