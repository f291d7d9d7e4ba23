import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { describe } from 'node:test'
import { it } from '../wire/it.js'
import { http1Hosts, oneByOne } from './hosts.js'
import { malformed } from './malformed.js'
import { everySettings } from './settings.js'
import { besieged, type Siege } from './siege.js'

const first = 'GET /first HTTP/1.1\r\nHost: localhost\r\n\r\n'

for (const { name, options } of everySettings) {
  describe(`malformed requests, ${name}`, () => {
    for (const host of oneByOne(http1Hosts, options)) {
      for (const [what, text] of Object.entries(malformed)) {
        it(`${host.name}: ${what}${host.secure ? '' : ', alone, behind a request, and'} behind one that is answered later`, () => {
          const held: (() => void)[] = []
          let arrived = (): void => {}
          const listener = (request: IncomingMessage, response: ServerResponse): void => {
            if (request.url === '/held') {
              held.push(() => response.end('held'))
              arrived()
            } else {
              request.resume()
              request.on('end', () => response.end('whole'))
            }
          }
          return besieged(host, { options, listener }, async (siege) => {
            // Over TLS the handshakes take longer than all else together.
            if (!host.secure) {
              await ended(siege, text)
              await ended(siege, first + text)
            }
            const inFlight = new Promise<void>((resolve) => {
              arrived = resolve
            })
            const over = ended(siege, first.replace('first', 'held') + text)
            await inFlight
            for (const answer of held) answer()
            await over
          })
        })
      }

      for (const version of ['0.9', '1.0', '1.1', '2.0']) {
        it(`${host.name}: a request that calls itself HTTP/${version} counts`, () =>
          besieged(host, { options }, async ({ connect, keel }) => {
            const client = await connect({ halfOpen: true })
            const rest = ` HTTP/${version}\r\nHost: localhost\r\nConnection: keep-alive`
            client.send(`GET /${version === '0.9' ? '' : rest}\r\n\r\n`)
            await once(client.socket, 'data')
            assert.equal(keel.snapshot().totals.requests, 1)
          }))
      }

      for (const [what, listener] of [
        ['does nothing', () => {}],
        ['throws the socket away', (_: Error, socket: Duplex) => socket.destroy()],
        [
          'answers by hand',
          (_: Error, socket: Duplex) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
        ],
      ] as const) {
        it(`${host.name}: a chunk size that is no number, on a server whose clientError listener ${what}`, () =>
          besieged(host, { options }, async (siege) => {
            siege.server.on('clientError', listener)
            const failed = new Promise((resolve) => siege.server.once('clientError', resolve))
            const client = await siege.connect()
            client.socket.on('error', () => {})
            client.send(malformed['a chunk size that is no number'] ?? assert.fail())
            await failed
            await siege.answers()
          }))
      }
    }
  })
}

/** Sends bytes and ends its side: whatever the server makes of them, it has to end its own. */
async function ended({ connect }: Siege, text: string): Promise<void> {
  const client = await connect({ halfOpen: true })
  client.socket.on('error', () => {})
  client.socket.end(Buffer.from(text, 'latin1'))
  await client.ended
  client.close()
}
