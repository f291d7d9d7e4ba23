import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe } from 'node:test'
import { createFleet, memoryStore, type Store } from '@evenkeel/fleet'
import { attach, type FleetState, type Keel } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { type Time, timed } from '../drain/time.js'
import { assertKept } from '../serving.js'
import { it } from '../wire/it.js'
import { listen } from './world.js'

/** Requests per second of the clients of each server. */
const rates = [10, 9, 8, 7, 6]

/** A server of a fleet, that dies as by SIGKILL. */
class Mortal {
  readonly server: Server = createServer((_request, response) => response.end('ok'))
  readonly keel: Keel
  readonly states: FleetState[] = []
  #isDead = false

  constructor(store: Store, { clock }: Time) {
    const own: Store = {
      ...store,
      exchange: (...question) => (this.#isDead ? new Promise(() => {}) : store.exchange(...question)),
      leave: async (...member) => (this.#isDead ? undefined : store.leave(...member)),
    }
    this.keel = attach(this.server, { fleet: createFleet({ store: own }), clock, random: () => 0 })
    this.keel.on('fleet', ({ state }) => this.states.push(state))
  }

  connect(): Promise<RawClient> {
    return RawClient.connect({ port: (this.server.address() as AddressInfo).port })
  }

  async die(): Promise<void> {
    this.#isDead = true
    await this.close()
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve())
      this.server.closeAllConnections()
    })
  }
}

describe('2 of the 4 servers of a fleet are killed, and their clients go on to the others', () => {
  it('these shed nothing in 20 s, because they are even, and have a fleet of 2', () =>
    timed(async (time) => {
      const store = memoryStore(() => time.clock.now())
      const all = Array.from({ length: 4 }, () => new Mortal(store, time))
      const [first, second, third, fourth] = all as [Mortal, Mortal, Mortal, Mortal]
      const loads: [RawClient, number][] = []
      const use = async (member: Mortal): Promise<void> => {
        for (const rate of rates) loads.push([await member.connect(), rate])
      }
      const run = async (seconds: number): Promise<void> => {
        for (let second = 0; second < seconds; second++) {
          for (const [client, rate] of loads)
            for (let sent = 0; sent < rate; sent++) assertKept(await client.request('/'))
          await time.pass(1_000)
        }
      }
      try {
        for (const member of all) {
          await listen(member.server)
          await use(member)
        }
        await run(10)
        assert.deepEqual(
          all.map(({ keel }) => keel.snapshot().fleet?.members),
          [4, 4, 4, 4],
        )
        await Promise.all([third.die(), fourth.die()])
        loads.splice(2 * rates.length)
        await use(first)
        await use(second)
        await run(20)
        for (const { keel, states } of [first, second]) {
          assert.deepEqual(states, ['even'])
          const { fleet, totals } = keel.snapshot()
          assert.equal(totals.retired.fleet, 0)
          assert.equal(fleet?.members, 2)
          assert.equal(Math.round(fleet.fair), 80)
        }
      } finally {
        for (const [client] of loads) client.close()
        await Promise.all(all.map((member) => member.close()))
      }
    }))
})
