import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { noAddress } from '../address.js'
import { timed } from '../drain/time.js'
import { it } from '../wire/it.js'
import { finds, GoodClients } from './good.js'
import { hosts } from './hosts.js'
import { listener, misdeeds } from './neighbours.js'
import { besieged } from './siege.js'

const places = 40
const good = 20
const waves = 4
const perWave = 20

const skip = await noAddress('127.0.2.1')

/** Over TLS, one of each sort: a handshake takes long. */
const overTls = ['says nothing', 'sends half a body', 'asks once and stays', 'opens no window for 50 answers']

describe(`one client that opens ${waves * perWave} connections, ${places} places`, {
  skip,
}, () => {
  for (const host of hosts.filter(({ name }) => name !== 'node:https')) {
    for (const { name, protocol, busy, commit } of misdeeds) {
      if (!host.protocols.includes(protocol) || (host.secure && !overTls.includes(name))) continue
      /** @param longest how many rounds of 100 ms another may rest. */
      const attack = (longest: number): Promise<void> =>
        timed(({ clock }) => {
          const options = { maxConnections: places, maxConnectionAge: Infinity, jitter: 0, clock }
          return besieged(host, { options, listener }, async (siege) => {
            const others = new GoodClients(siege, protocol, clock, good, longest)
            await others.ask()
            for (let wave = 0; wave < waves; wave++) {
              await Promise.all([others.rounds(1), ...Array.from({ length: perWave }, () => commit(siege))])
              await siege.met()
              await others.rounds(9)
            }
            others.assertKept()
            const { totals, connections } = siege.keel.snapshot()
            assert.ok(connections.total <= places)
            if (busy) assert.ok(totals.refused > 0)
            else assert.ok(totals.retired.evicted >= good, `${totals.retired.evicted} were evicted`)
            assert.equal(await finds(siege), !busy)
          })
        })

      if (busy)
        it(`${host.name}: ${name} (${protocol}): ${good} others that rest 400 ms lose nothing`, () =>
          attack(4))
      it(`${host.name}: ${name} (${protocol}): ${good} others that rest 2 000 ms lose nothing`, () =>
        attack(20))
    }
  }
})
