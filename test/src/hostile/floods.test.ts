import { once } from 'node:events'
import type { Http2Server, ServerHttp2Session } from 'node:http2'
import { describe } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { it } from '../wire/it.js'
import { FrameClient, frame, request, types, word } from './frames.js'
import { http2Hosts } from './hosts.js'
import { everySettings } from './settings.js'
import { besieged, type Siege } from './siege.js'

/** The number of the n-th stream of a client. */
const stream = (n: number): number => 2 * n + 1

for (const { name, options } of everySettings) {
  describe(`HTTP/2 floods, ${name}`, () => {
    for (const host of http2Hosts) {
      const flooded = async (
        { port, joined, answers }: Siege,
        frames: readonly Uint8Array[],
      ): Promise<void> => {
        const client = await FrameClient.connect(port, host.secure)
        joined(client)
        client.send(...frames)
        await client.processed()
        await answers()
      }

      for (const [handler, listener] of [
        ['answered at once', (_, response) => void response.end('ok')],
        ['never answered', () => {}],
        ['answered a turn later', (_, response) => void setImmediate().then(() => response.end('ok'))],
        [
          'half answered',
          (_, response) => {
            response.writeHead(200)
            response.write('half')
          },
        ],
      ] as const satisfies [string, import('node:http').RequestListener][]) {
        it(`${host.name}: 5 000 streams opened and reset at once, each ${handler}`, () =>
          besieged(host, { options, listener }, (siege) =>
            flooded(
              siege,
              Array.from({ length: 5_000 }, (_, n) =>
                Buffer.concat([request(stream(n)), frame(types.reset, 0, stream(n), word(8))]),
              ),
            ),
          ))

        it(`${host.name}: 300 streams opened, then all of them reset, each ${handler}`, () =>
          besieged(host, { options, listener }, (siege) =>
            flooded(siege, [
              ...Array.from({ length: 300 }, (_, n) => request(stream(n))),
              ...Array.from({ length: 300 }, (_, n) => frame(types.reset, 0, stream(n), word(8))),
            ]),
          ))

        it(`${host.name}: 300 streams opened, then the connection reset, each ${handler}`, () =>
          besieged(host, { options, listener }, async ({ port, joined, answers }) => {
            const client = await FrameClient.connect(port, host.secure)
            joined(client)
            client.send(...Array.from({ length: 300 }, (_, n) => request(stream(n))))
            await client.processed()
            client.destroy()
            await answers()
          }))
      }

      it(`${host.name}: a request, 10 000 times the settings, and a request`, () =>
        besieged(host, { options }, (siege) =>
          flooded(siege, [
            request(1),
            ...Array.from({ length: 10_000 }, () => frame(types.settings, 0, 0)),
            request(3),
          ]),
        ))

      it(`${host.name}: a request, 10 000 pings, and a request`, () =>
        besieged(host, { options }, (siege) =>
          flooded(siege, [
            request(1),
            ...Array.from({ length: 10_000 }, () => frame(types.ping, 0, 0, Buffer.alloc(8))),
            request(3),
          ]),
        ))

      it(`${host.name}: 10 000 empty data frames within one request`, () =>
        besieged(host, { options, listener: () => {} }, (siege) =>
          flooded(siege, [
            frame(types.headers, 4, 1, Buffer.from([0x83, 0x86, 0x84, 0x41, 0x01, 0x78])),
            ...Array.from({ length: 10_000 }, () => frame(types.data, 0, 1)),
          ]),
        ))

      it(`${host.name}: 10 000 changes of priority`, () =>
        besieged(host, { options }, (siege) =>
          flooded(
            siege,
            Array.from({ length: 10_000 }, (_, n) =>
              frame(types.priority, 0, stream(n), Buffer.concat([word(0), Buffer.from([1])])),
            ),
          ),
        ))

      it(`${host.name}: 100 sessions that the server destroys as they begin`, () =>
        besieged(host, { options }, async ({ server, port, joined, settled }) => {
          const destroy = (session: ServerHttp2Session): void => session.destroy()
          ;(server as Http2Server).on('session', destroy)
          await Promise.all(
            Array.from({ length: 100 }, async () => {
              const client = await FrameClient.connect(port, host.secure)
              joined(client)
              client.send(request(1))
              if (!client.socket.destroyed) await once(client.socket, 'close')
            }),
          )
          await settled()
          server.off('session', destroy)
        }))
    }
  })
}
