import type { RequestListener } from 'node:http'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { FrameClient, frame, request, types, word } from './frames.js'
import type { Protocol } from './hosts.js'
import type { Siege } from './siege.js'

/** What a client does that means no good, with one connection. */
export interface Misdeed {
  readonly name: string
  readonly protocol: Protocol
  /** Whether its connection has something in flight for ever: nobody may be evicted for being slow. */
  readonly busy: boolean
  commit(siege: Siege): Promise<void>
}

/** Far more than the system buffers for one connection. */
const large = Buffer.alloc(4 << 20, 'x')

/** What the application has for such clients. */
export const listener: RequestListener = (request, response) => {
  request.on('error', () => {})
  response.on('error', () => {})
  if (request.method === 'POST') request.resume().on('end', () => response.end('whole'))
  else response.end(request.url === '/large' ? large : 'ok')
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`
const half = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nfirst'

/** A misdeed over HTTP/1. */
function http1(name: string, busy: boolean, act: (client: RawClient) => unknown): Misdeed {
  return {
    name,
    protocol: 'http1',
    busy,
    commit: async ({ connect }) => {
      // One that finds no room is refused.
      const client = await connect().catch(() => undefined)
      client?.socket.on('error', () => {})
      if (client?.socket.writable) act(client)
    },
  }
}

/** A misdeed over HTTP/2: none of these clients ever acknowledges the server's settings. */
function http2(name: string, busy: boolean, act: (client: FrameClient) => unknown): Misdeed {
  return {
    name,
    protocol: 'http2',
    busy,
    commit: async ({ port, secure, joined }) => {
      const client = await FrameClient.connect(port, secure).catch(() => undefined)
      if (client === undefined) return
      joined(client)
      act(client)
    },
  }
}

const streams = (count: number): number[] => Array.from({ length: count }, (_, n) => 2 * n + 1)
/** SETTINGS_INITIAL_WINDOW_SIZE (RFC 9113, section 6.5.2) of 0. */
const noWindow = frame(types.settings, 0, 0, Buffer.concat([Buffer.from([0, 4]), word(0)]))

export const misdeeds: readonly Misdeed[] = [
  http1('says nothing', false, () => {}),
  http1('sends half a head', false, (client) => client.send('GET /ok HTTP/1.1\r\nHost: local')),
  http1('asks once and stays', false, (client) => client.send(get('/ok'))),
  http1('sends half a body', true, (client) => client.send(half)),
  http1('never reads its 4 MiB', true, ({ socket }) => socket.pause().write(get('/large'))),
  http1('pipelines 50 requests and reads no answer', true, ({ socket }) =>
    socket.pause().write(get('/large').repeat(50)),
  ),
  http2('begins a session and says nothing', false, () => {}),
  http2('asks once and stays', false, (client) => client.send(request(1))),
  http2('opens 100 streams and resets each at once', false, (client) =>
    client.send(
      ...streams(100).flatMap((stream) => [request(stream), frame(types.reset, 0, stream, word(8))]),
    ),
  ),
  http2('sends 500 pings', false, (client) =>
    client.send(...Array.from({ length: 500 }, () => frame(types.ping, 0, 0, Buffer.alloc(8)))),
  ),
  http2('opens no window for 50 answers', true, (client) =>
    client.send(noWindow, ...streams(50).map(request)),
  ),
  http2('never reads its 50 answers', true, (client) => {
    client.socket.pause()
    client.send(...streams(50).map(request), noWindow)
  }),
]
