import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { redisStore } from '@evenkeel/fleet'
import { noRedis, RedisServer } from './redis-server.js'
import { Relay } from './relay.js'

const never = new AbortController().signal
const report = { load: 1, weight: 1 }

describe('a Redis that becomes a replica of another, to which its address leads from then on', {
  skip: noRedis,
  timeout: 60_000,
}, () => {
  let old: RedisServer
  let next: RedisServer
  let relay: Relay
  let replication: Relay
  before(async () => {
    old = await RedisServer.start()
    next = await RedisServer.start()
    relay = await Relay.open(old.path)
    replication = await Relay.open(next.path)
  })
  after(async () => {
    await relay.close()
    await replication.close()
    await old.end()
    await next.end()
  })

  it('refuses 1 report, and the next one reaches the other, though nobody cuts the connection to the first', async () => {
    const store = redisStore(relay.url)
    const exchange = () => store.exchange('web', 'a', report, 60_000, never)
    await exchange()
    await old.run('REPLICAOF', '127.0.0.1', `${replication.port}`)
    relay.path = next.path
    await assert.rejects(exchange(), /READONLY/)
    assert.equal((await exchange()).members, 1)
    assert.equal(await next.run('EXISTS', 'evenkeel:{web}:sums'), 1)
    await store.close()
  })
})

describe('a Redis that answers 2 reports with an error', { timeout: 60_000 }, () => {
  /** How many connections the store opens to a Redis that answers every script with this. */
  async function connectionsFor(error: string): Promise<number> {
    let connections = 0
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      connections++
      sockets.add(socket.on('error', () => {}))
      let heard = ''
      let answered = 0
      socket.on('data', (data) => {
        heard += data
        // A command is an array: a star and how many strings it has, and then each with its length.
        const commands = heard.match(/\*\d+\r\n\$\d+\r\n\w+\r\n/g) ?? []
        for (; answered < commands.length; answered++) {
          socket.write(commands[answered]?.includes('EVALSHA') ? `-${error}\r\n` : '+OK\r\n')
        }
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const store = redisStore(`redis://127.0.0.1:${(server.address() as AddressInfo).port}`)
    for (let time = 0; time < 2; time++) {
      await assert.rejects(store.exchange('web', 'a', report, 60_000, never), ({ message }: Error) => {
        assert.equal(message, error)
        return true
      })
    }
    await store.close()
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
    return connections
  }

  for (const error of [
    "READONLY You can't write against a read only replica. script: 0a, on @user_script:61.",
    "ERR Error running script (call to f_0a): @user_script:61: @user_script: 61: -READONLY You can't write against a read only replica.",
    'LOADING Redis is loading the dataset in memory',
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    'NOREPLICAS Not enough good replicas to write.',
  ]) {
    it(`"${error}" gets 2 connections: the address may lead elsewhere by now`, async () => {
      assert.equal(await connectionsFor(error), 2)
    })
  }

  for (const error of [
    "NOPERM this user has no permissions to run the 'evalsha' command",
    'ERR the READONLY of a user',
  ]) {
    it(`"${error}" keeps the 1 connection`, async () => {
      assert.equal(await connectionsFor(error), 1)
    })
  }
})
