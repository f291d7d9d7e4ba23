import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { it } from '../wire/it.js'
import { acts, attack, meeting, moments, type Scene } from './acts.js'
import { frameworkHosts } from './framework-hosts.js'
import { http1Hosts, oneByOne } from './hosts.js'
import { everySettings } from './settings.js'
import { besieged } from './siege.js'

const ways = Object.keys(acts).length

for (const { name, options } of everySettings) {
  describe(`connections that end between events, ${name}`, () => {
    for (const host of oneByOne([...http1Hosts, ...frameworkHosts], options)) {
      for (const [when, moment] of Object.entries(moments)) {
        it(`${host.name}: ${when}, in ${ways} ways`, () => {
          let meet: (scene: Pick<Scene, 'request' | 'response'>) => void = () => assert.fail()
          const listener = meeting(moment, (request, response) => meet({ request, response }))
          return besieged(host, { options, listener }, async (siege) => {
            for (const [way, act] of Object.entries(acts)) {
              const client = await siege.connect({ halfOpen: true })
              client.socket.on('error', () => {})
              const met = new Promise<void>((resolve) => {
                meet = (scene) => {
                  act({ ...scene, siege, client })
                  resolve()
                }
              })
              client.send(attack)
              await met
              for (let turn = 0; turn < 3; turn++) await setImmediate()
              client.close()
              await siege.settled()
              assert.equal(siege.keel.snapshot().connections.total, 0, way)
            }
          })
        })
      }
    }
  })
}
