import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { day } from './day.js'
import { Program } from './program.js'
import { noRedis, RedisServer } from './redis-server.js'
import { Relay } from './relay.js'

/** So long that a busy machine does not take a member for gone. */
const interval = 400

describe('a process whose server is in a fleet', { skip: noRedis, timeout: 60_000 }, () => {
  let server: RedisServer
  let relay: Relay
  before(async () => {
    server = await RedisServer.start()
  })
  beforeEach(async () => {
    relay = await Relay.open(server.path)
  })
  afterEach(() => (relay.isOpen ? relay.close() : undefined))
  after(() => server.end())

  const ended = { code: 0, errors: '' }
  const key = 'evenkeel:{default}:reports'

  it('ends when its server has closed, and has left by then', async () => {
    await Program.run({ url: relay.url, interval: 20_000 }, async (program) => {
      await program.tells(({ state }) => state === 'even')
      assert.equal(await server.run('HLEN', key), 1)
      assert.deepEqual(await program.ends(), ended)
      // What a process has sent is read in time, if not at once. By itself the report would stay for a minute.
      for (let tries = 0; tries < 500 && (await server.run('EXISTS', key)) === 1; tries++)
        await setTimeout(10)
      assert.equal(await server.run('EXISTS', key), 0)
      assert.equal(relay.clients, 0)
    })
  })

  it('ends when its Redis stands still', async () => {
    await Program.run({ url: relay.url }, async (program) => {
      await program.tells(({ state }) => state === 'even')
      server.pause()
      await program.tells(({ state }) => state === 'unreachable')
      assert.deepEqual(await program.ends(), ended)
    })
    server.resume()
  })

  it('ends when there never was a Redis', async () => {
    const { url } = relay
    await relay.close()
    await Program.run({ url }, async (program) => {
      const { warning } = await program.tells(({ warning }) => warning !== undefined)
      assert.match(warning ?? '', /^Fleet unreachable \(redis:\/\/127\.0\.0\.1:\d+: /)
      assert.deepEqual(await program.ends(), ended)
    })
  })

  it('is out of the fleet while its event loop stands still for 3 000 ms, and then back in it', () =>
    day(server, { interval }, async ({ members, together, relay: { url } }) => {
      await together()
      await Program.run({ url, interval }, async (program) => {
        const { port = 0 } = await program.tells(({ port }) => port !== undefined)
        const client = await RawClient.connect({ port })
        await together(3)
        program.do('stall 3000')
        const waiting = client.request('/')
        await together(2)
        await together(3)
        assert.equal((await waiting).status, 200)
        client.close()
        assert.deepEqual(await program.ends(), ended)
        await together(2)
      })
      for (const { keel } of members) assert.equal(keel.snapshot().fleet?.members, 2)
    }))

  it('is out of the fleet when it is killed', () =>
    day(server, { interval }, async ({ together, relay: { url } }) => {
      await Program.run({ url, interval }, async (program) => {
        await together(3)
        program.kill()
        await together(2)
      })
    }))
})
