import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFleet, type FleetOptions } from '@evenkeel/fleet'
import { attach, type FleetEvent, type Keel, type ServerOptions } from '@evenkeel/node'
import { RawClient, type RawResponse } from '@evenkeel/test-kit/raw-client'
import { type Time, timed, until } from '../drain/time.js'
import { ScriptedStore } from './scripted-store.js'

export interface World {
  readonly time: Time
  readonly server: Server
  readonly keel: Keel
  readonly store: ScriptedStore
  /** What the fleet was said to be, one state after another. */
  readonly states: FleetEvent[]
  connect(from?: string): Promise<RawClient>
  /** Lets one interval go by, with so many requests on each of the clients. */
  interval(load?: ReadonlyMap<RawClient, number>): Promise<readonly RawResponse[]>
}

/** A server in a fleet whose other members are a script, and a time that the test lets go by. */
export function inFleet(
  options: ServerOptions,
  fleetOptions: Partial<FleetOptions>,
  test: (world: World) => Promise<void>,
): Promise<void> {
  return timed(async (time) => {
    const store = new ScriptedStore()
    const server = createServer((_request, response) => response.end('ok'))
    const fleet = createFleet({ store, ...fleetOptions })
    const keel = attach(server, { clock: time.clock, random: () => 0, jitter: 0, fleet, ...options })
    const states: FleetEvent[] = []
    keel.on('fleet', (event) => states.push(event))
    const clients: RawClient[] = []
    await listen(server)
    // The first report comes at once; the others come with the time.
    await until(() => store.reports.length > 0)
    try {
      await test({
        ...{ time, server, keel, store, states },
        connect: async (localAddress = '127.0.0.1') => {
          const { port } = server.address() as AddressInfo
          const client = await RawClient.connect({ port, from: { localAddress } })
          clients.push(client)
          return client
        },
        interval: async (load = new Map()) => {
          const responses: RawResponse[] = []
          for (const [client, requests] of load)
            for (let sent = 0; sent < requests; sent++) responses.push(await client.request('/'))
          await time.pass(1_000)
          return responses
        },
      })
    } finally {
      for (const client of clients) client.close()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      // It leaves the fleet then, and its timer is one of this time.
      await closed
    }
  })
}

export async function listen(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
}
