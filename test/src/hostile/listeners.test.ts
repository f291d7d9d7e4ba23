import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { describe, mock } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { attach, type Event, type HttpServer } from '@evenkeel/node'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { turns } from '../turns.js'
import { it } from '../wire/it.js'
import { type Host, http1Hosts } from './hosts.js'
import { Ledger } from './ledger.js'
import { everySettings } from './settings.js'
import { besieged, type Siege } from './siege.js'

interface Scene {
  readonly siege: Siege
  readonly sockets: readonly Socket[]
  /** Over TLS the server knows of a connection before its client does. */
  client?: RawClient
}

/** What tells of a connection. */
type Told = Extract<Event, { connection: unknown }>
type Act = (scene: Scene, event: Told) => void

/** What a listener does to the connection that it is told of, or to all. */
const acts: Readonly<Record<string, Act>> = {
  'retires it': ({ siege }, event) => void siege.keel.retire(event.connection.key),
  'retires all': ({ siege: { keel } }) => {
    for (const { key } of keel.connections()) keel.retire(key, 'drain')
  },
  'destroys it': ({ sockets }) => {
    for (const socket of sockets) socket.destroy()
  },
  'ends it': ({ sockets }) => {
    for (const socket of sockets) socket.end()
  },
  'closes all connections': ({ siege }) => (siege.server as Server).closeAllConnections?.(),
  'closes idle connections': ({ siege }) => (siege.server as Server).closeIdleConnections?.(),
  'resets its client': ({ client }) => client?.reset(),
}

const ways = Object.keys(acts).length
const events = ['open', 'retire', 'close'] as const
const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

/** A connection whose event is heard by a listener that acts; then it goes. */
async function told(host: Host, siege: Siege, on: (typeof events)[number], act: Act): Promise<void> {
  const { keel, server, connect, settled } = siege
  const accepted = host.secure ? 'secureConnection' : 'connection'
  const sockets: Socket[] = []
  const accept = (socket: Socket): void => void sockets.push(socket)
  server.on(accepted, accept)
  const scene: Scene = { siege, sockets }
  const acted = new Promise<void>((resolve) => {
    keel.on(on, function once(event: Told) {
      keel.off(on, once)
      act(scene, event)
      resolve()
    })
  })
  const client = await connect({ halfOpen: true })
  scene.client = client
  const { key, socket } = client
  socket.on('error', () => {})
  if (socket.writable) socket.write(get + get)
  if (on === 'retire') {
    await Promise.race([acted, client.response()])
    keel.retire(key)
  }
  if (on === 'close') client.close()
  await acted
  for (let turn = 0; turn < 3; turn++) await setImmediate()
  client.close()
  server.off(accepted, accept)
  await settled()
}

for (const { name, options } of everySettings) {
  describe(`listeners that act, ${name}`, () => {
    for (const host of http1Hosts) {
      for (const event of events) {
        it(`${host.name}: one for '${event}', in ${ways} ways`, () =>
          besieged(host, { options }, async (siege) => {
            for (const [what, act] of Object.entries(acts)) {
              await told(host, siege, event, act)
              assert.equal(siege.keel.snapshot().connections.total, 0, what)
            }
          }))

        it(`${host.name}: one for '${event}' detaches the server`, () =>
          besieged(host, { options }, (siege) => told(host, siege, event, siege.detach)))
      }
    }
  })
}

describe('a listener that detaches the server', () => {
  const host = http1Hosts.find(({ secure }) => !secure) ?? assert.fail()

  it("for 'open': the connection is counted by the next keel", () =>
    besieged(host, { options: {} }, async ({ connect, server, keel, detach, settled }) => {
      keel.on('open', detach)
      const client = await connect()
      await client.request('/')
      const next = attach(server)
      const ledger = new Ledger(next)
      await client.request('/')
      assert.equal(next.snapshot().totals.requests, 1)
      client.close()
      await settled()
      ledger.assertSettled()
    }))

  it("for 'retire', at the last response: the connection is cut off 5 000 ms behind it all the same", () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const options = { maxRequestsPerConnection: 1, jitter: 0 }
    return besieged(host, { options }, async ({ connect, keel, server, detach }) => {
      keel.on('retire', detach)
      const client = await connect({ halfOpen: true })
      await client.request('/')
      assert.equal(await client.ended, 'fin')
      await turns()
      mock.timers.tick(5_000)
      await turns()
      assert.equal(await connections(server), 0)
    }).finally(() => mock.timers.reset())
  })
})

function connections(server: HttpServer): Promise<number> {
  return new Promise((resolve) => server.getConnections((_, count) => resolve(count)))
}
