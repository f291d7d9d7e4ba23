import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe } from 'node:test'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { it } from '../wire/it.js'
import { hosts, http1Hosts } from './hosts.js'
import { everySettings } from './settings.js'
import { besieged, type Siege } from './siege.js'

const head = 'GET / HTTP/1.1\r\nHost: localhost\r\n'
const many = 15

function all<Client>(open: () => Promise<Client>): Promise<Client[]> {
  return Promise.all(Array.from({ length: many }, open))
}

/** A client that does not mind how it ends. */
async function careless({ connect }: Siege): Promise<RawClient> {
  const client = await connect()
  client.socket.on('error', () => {})
  return client
}

for (const { name, options } of everySettings) {
  describe(`hostile connects, ${name}`, () => {
    for (const host of hosts) {
      const sessionAtOnce = host.name === 'node:http2'

      it(`${host.name}: 15 clients connect over TCP and hang`, () =>
        besieged(host, { options }, async ({ tcp, keel, answers }) => {
          await all(tcp)
          await answers()
          assert.equal(keel.snapshot().connections.new, many)
        }))

      it(`${host.name}: 100 clients go before they know that they are connected, half of them by a reset`, () =>
        besieged(host, { options }, async ({ port, answers }) => {
          const gone = Array.from({ length: 100 }, async (_, client) => {
            const socket = connect(port, '127.0.0.1').on('error', () => {})
            if (client % 2 === 0) socket.resetAndDestroy()
            else socket.destroy()
            await once(socket, 'close')
          })
          await Promise.all(gone)
          await answers()
        }))

      it(`${host.name}: 15 clients connect, and reset at once`, () =>
        besieged(host, { options }, async (siege) => {
          for (const client of await all(() => careless(siege))) client.reset()
          await siege.answers()
        }))

      it(`${host.name}: 15 clients end their side at once, and stay`, () =>
        besieged(host, { options }, async ({ tcp, settled }) => {
          const clients = await all(() => tcp({ halfOpen: true }))
          for (const { socket } of clients) socket.end()
          if (!sessionAtOnce) await Promise.all(clients.map(({ ended }) => ended))
          for (const client of clients) client.close()
          await settled()
        }))
    }

    for (const host of http1Hosts) {
      for (const [what, text] of [
        ['within the headers', head],
        ['behind the first of two requests', `${head}\r\n${head}`],
        [
          'within the body',
          `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n${'u'.repeat(50)}`,
        ],
        [
          'within a chunk',
          'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nunfinished',
        ],
      ] as const) {
        for (const how of ['reset', 'close', 'end'] as const) {
          it(`${host.name}: 15 clients send a request, and ${how} ${what}`, () =>
            besieged(host, { options }, async (siege) => {
              for (const client of await all(() => careless(siege))) {
                await client.sent(text)
                if (how === 'end') client.socket.end()
                else client[how]()
              }
              await siege.answers()
            }))
        }
      }

      it(`${host.name}: 15 clients reset while their requests are in flight, which are answered afterwards`, () => {
        const answers: (() => void)[] = []
        let handled = (): void => {}
        const listener = {
          options,
          listener: (_: unknown, response: { end(text: string): void }) => {
            answers.push(() => response.end('late'))
            handled()
          },
        }
        return besieged(host, listener, async (siege) => {
          const clients = await all(() => careless(siege))
          const inFlight = new Promise<void>((resolve) => {
            handled = () => answers.length === many && resolve()
          })
          for (const client of clients) client.send(`${head}\r\n`)
          await inFlight
          assert.equal(siege.keel.snapshot().connections.active, many)
          for (const client of clients) client.reset()
          await siege.settled()
          assert.equal(siege.keel.snapshot().connections.total, 0)
          for (const answer of answers) answer()
        })
      })

      it(`${host.name}: 15 clients reset behind their first response`, () =>
        besieged(host, { options }, async (siege) => {
          await Promise.all(
            (await all(() => careless(siege))).map(async (client) => {
              await client.request('/')
              client.reset()
            }),
          )
        }))
    }
  })
}
