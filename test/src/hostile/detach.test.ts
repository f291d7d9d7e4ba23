import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe } from 'node:test'
import { attach } from '@evenkeel/node'
import { it } from '../wire/it.js'
import { attack, meeting, moments } from './acts.js'
import { frameworkHosts } from './framework-hosts.js'
import { http1Hosts, oneByOne } from './hosts.js'
import { Ledger } from './ledger.js'
import { everySettings } from './settings.js'
import { besieged } from './siege.js'

for (const { name, options } of everySettings) {
  describe(`detach() between events, ${name}`, () => {
    for (const host of oneByOne([...http1Hosts, ...frameworkHosts], options)) {
      for (const [when, moment] of Object.entries(moments)) {
        const isFramework = frameworkHosts.includes(host)

        it(`${host.name}: ${when}`, () => {
          let meet = (): void => {}
          return besieged(
            host,
            { options, listener: meeting(moment, () => meet()) },
            async ({ connect, detach, keel }) => {
              const client = await connect({ halfOpen: true })
              client.socket.on('error', () => {})
              const met = new Promise<void>((resolve) => {
                meet = () => {
                  detach()
                  resolve()
                }
              })
              client.send(attack)
              await met
              assert.equal(keel.snapshot().connections.total, 0)
              if (when !== 'in front of the headers, which are never sent')
                assert.equal((await client.response()).status, 200)
            },
          )
        })

        // A framework's middleware attaches the server again by itself.
        if (isFramework) continue

        it(`${host.name}: ${when}, and attached again at once`, () => {
          let meet = (request: IncomingMessage, response: ServerResponse): void => void [request, response]
          return besieged(
            host,
            { options, listener: meeting(moment, (request, response) => meet(request, response)) },
            async ({ connect, detach, server, settled, answers }) => {
              const client = await connect({ halfOpen: true })
              client.socket.on('error', () => {})
              let again: Ledger | undefined
              const met = new Promise<void>((resolve) => {
                meet = () => {
                  detach()
                  again = new Ledger(attach(server, options))
                  resolve()
                }
              })
              client.send(attack)
              await met
              await answers()
              client.close()
              await settled()
              assert.ok(again !== undefined)
              again.assertSettled()
            },
          )
        })
      }
    }
  })
}
