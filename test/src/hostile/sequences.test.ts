import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { describe } from 'node:test'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { it } from '../wire/it.js'
import { endHeaders, endStream, FrameClient, frame, types, word } from './frames.js'
import { http1Hosts, http2Hosts } from './hosts.js'
import type { Siege } from './siege.js'
import { type Act, play, serverActs, type World } from './world.js'

const head = (line: string, more = ''): string => `${line} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`
const now = head('GET /now')
const held = head('GET /held')

/** The client in this place, anew if it has gone; none if it is refused before it can say so. */
async function reach({ siege, clients }: World<RawClient>, place: number): Promise<RawClient | undefined> {
  const present = clients[place]
  if (present?.socket.writable) return present
  const client = await siege.connect({ halfOpen: place % 2 === 0 }).catch(() => undefined)
  client?.socket.on('error', () => {})
  clients[place] = client
  return client
}

const sends = (text: string): Act<RawClient> =>
  async function send(world, place) {
    const client = await reach(world, place)
    if (client?.socket.writable) client.send(text)
  }

const http1Acts: Readonly<Record<string, Act<RawClient>>> = {
  ...serverActs,
  connects: async (world, place) => void (await reach(world, place)),
  'connects and is silent': async ({ siege, clients }, place) => {
    clients[place] ??= await siege.tcp()
    clients[place]?.socket.on('error', () => {})
  },
  asks: sends(now),
  'asks and waits': sends(held),
  'asks three times': sends(now + held + now),
  'sends half a head': sends('GET /now HTTP/1.1\r\nHost: local'),
  'sends the other half': sends('host\r\n\r\n'),
  'begins an upload': sends(`${head('POST /now', 'Content-Length: 10\r\n')}01234`),
  'ends an upload': sends('56789'),
  'begins an upload that wants to continue': sends(
    head('POST /now', 'Expect: 100-continue\r\nContent-Length: 5\r\n'),
  ),
  'asks for the last time': sends(head('GET /now', 'Connection: close\r\n')),
  'asks by HTTP/1.0': sends('GET /held HTTP/1.0\r\n\r\n'),
  upgrades: sends(head('GET /now', 'Connection: Upgrade\r\nUpgrade: test\r\n')),
  tunnels: sends(head('CONNECT localhost:1')),
  'sends garbage': sends('\0garbage\r\n\r\n'),
  'ends its side': ({ clients }, place) => void clients[place]?.socket.end(),
  resets: ({ clients }, place) => clients[place]?.reset(),
  closes: ({ clients }, place) => clients[place]?.close(),
  'loses its socket': ({ held }) => void held.shift()?.socket?.destroy(),
}

/** Upgrades are taken, and ended when their clients end. */
function prepare({ server }: Siege): void {
  for (const event of ['upgrade', 'connect'] as const) {
    ;(server as Server).on(event, (_: unknown, socket: Duplex) => {
      socket.on('error', () => {})
      socket.on('end', () => socket.end())
      socket.resume()
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n')
    })
  }
}

interface Streams {
  readonly client: FrameClient
  last: number
}

/** A request for `/held` or `/now` with literal headers (RFC 7541, section 6.2.2). */
function headers(method: number, path: string): Buffer {
  return Buffer.concat([
    Buffer.from([method, 0x86, 0x04, path.length]),
    Buffer.from(path),
    Buffer.from([1, 1, 120]),
  ])
}

async function streamsOf({ siege, clients }: World<Streams>, place: number): Promise<Streams | undefined> {
  const present = clients[place]
  if (present?.client.socket.writable) return present
  const client = await FrameClient.connect(siege.port, siege.secure).catch(() => undefined)
  if (client !== undefined) siege.joined(client)
  clients[place] = client && { client, last: -1 }
  return clients[place]
}

const frames = (build: (streams: Streams) => Uint8Array): Act<Streams> =>
  async function send(world, place) {
    const streams = await streamsOf(world, place)
    streams?.client.send(build(streams))
  }

const opens = (method: number, path: string, flags: number): Act<Streams> =>
  frames((streams) => {
    streams.last += 2
    return frame(types.headers, endHeaders | flags, streams.last, headers(method, path))
  })

/** A frame for the stream that was opened last. */
const follows = (type: number, flags: number, payload?: Uint8Array): Act<Streams> =>
  frames(({ last }) => frame(type, flags, Math.max(last, 1), payload))

const http2Acts: Readonly<Record<string, Act<Streams>>> = {
  ...serverActs,
  connects: async (world, place) => void (await streamsOf(world, place)),
  asks: opens(0x82, '/now', endStream),
  'asks and waits': opens(0x82, '/held', endStream),
  'begins an upload': opens(0x83, '/now', 0),
  'begins an upload that waits': opens(0x83, '/held', 0),
  'sends data': follows(types.data, 0, Buffer.alloc(10)),
  'ends an upload': follows(types.data, endStream),
  'resets its last stream': follows(types.reset, 0, word(8)),
  pings: frames(() => frame(types.ping, 0, 0, Buffer.alloc(8))),
  'says goaway': frames(() => frame(types.goaway, 0, 0, Buffer.alloc(8))),
  'sends garbage': frames(() => Buffer.alloc(20, 255)),
  'ends its side': ({ clients }, place) => void clients[place]?.client.socket.end(),
  closes: ({ clients }, place) => clients[place]?.client.destroy(),
}

/** With or without Even Keel: frames that break the protocol corrupt the memory of Node 20. */
const skip = process.versions.node.startsWith('20.') && 'Node 20 does not survive them'

describe('random sequences', () => {
  for (const host of http1Hosts) {
    it(`${host.name}: over HTTP/1, ${host.secure ? 20 : 100} of up to 60 steps`, () =>
      play(host, http1Acts, { runs: host.secure ? 20 : 100, prepare }))
  }
  for (const host of http2Hosts) {
    it(`${host.name}: over HTTP/2, ${host.secure ? 20 : 100} of up to 60 steps`, { skip }, () =>
      play(host, http2Acts, { runs: host.secure ? 20 : 100 }),
    )
  }
})
