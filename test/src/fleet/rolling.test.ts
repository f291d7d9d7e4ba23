import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe } from 'node:test'
import { createFleet, memoryStore } from '@evenkeel/fleet'
import { attach, type FleetState, type Keel, shutdown } from '@evenkeel/node'
import { it } from '../wire/it.js'
import { Steady } from './redis/steady.js'
import { listen } from './world.js'

const servers = 4
const clients = 24

/** No client is taken for gone because this machine stood still. */
const leaving = { within: 300, quiet: 60_000 }

/** Milliseconds. */
const [interval, window] = [200, 1_000]

interface Member {
  readonly server: Server
  readonly keel: Keel
  readonly states: FleetState[]
}

describe(`a fleet of ${servers} servers whose ${clients} clients send one request after the other`, () => {
  it('loses no request while each server is replaced by a new one, and has 4 members behind that', async () => {
    const store = memoryStore()
    const fleet = createFleet({ store, interval, window })
    const start = async (): Promise<Member> => {
      const server = createServer((_request, response) => response.end('ok'))
      const keel = attach(server, { fleet })
      const states: FleetState[] = []
      keel.on('fleet', ({ state }) => states.push(state))
      const joined = new Promise((resolve) => keel.on('fleet', resolve))
      await listen(server)
      await joined
      return { server, keel, states }
    }
    const inUse = await Promise.all(Array.from({ length: servers }, start))
    let next = 0
    const balance = (): number => {
      const member = inUse[next++ % inUse.length] as Member
      return (member.server.address() as AddressInfo).port
    }
    const steady = new Steady(balance, clients)
    try {
      await steady.answers(200)
      for (let replaced = 0; replaced < servers; replaced++) {
        inUse.push(await start())
        const { server, keel, states } = inUse.shift() as Member
        const { connections, closedPolitely, closedIdle, destroyed } = await shutdown(server, leaving)
        assert.deepEqual([closedPolitely + closedIdle, destroyed], [connections, 0])
        assert.equal((await store.members('default')).size, servers)
        assert.equal(keel.snapshot().connections.total, 0)
        assert.ok(!states.includes('sticky'), `${states}`)
        await steady.answers(200)
      }
      assert.deepEqual(steady.failures, [])
      for (const { keel, states } of inUse) {
        assert.ok(!states.includes('sticky'), `${states}`)
        assert.ok(keel.snapshot().totals.requests > 0)
      }
    } finally {
      await steady.end()
      for (const { server } of inUse) server.close()
    }
  })
})
