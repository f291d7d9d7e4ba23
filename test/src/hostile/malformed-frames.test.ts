import assert from 'node:assert/strict'
import type { Http2Server, ServerHttp2Session } from 'node:http2'
import { describe } from 'node:test'
import { it } from '../wire/it.js'
import {
  acknowledge,
  endHeaders,
  endStream,
  FrameClient,
  frame,
  get,
  preface,
  request,
  types,
  word,
} from './frames.js'
import { http2Hosts } from './hosts.js'
import { everySettings } from './settings.js'
import { besieged } from './siege.js'

const some = Buffer.alloc(10)

/** Behind a preface: frames that break RFC 9113, or that nobody sends in good faith. */
const frames: Readonly<Record<string, readonly Uint8Array[]>> = {
  'a second preface': [Buffer.from(preface)],
  'a request of HTTP/1.1': [Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  'ten thousand zeros': [Buffer.alloc(10_000)],
  'a frame of 16 MB, of which 100 kB come': [
    Buffer.from([255, 255, 255, 0, 0, 0, 0, 0, 1]),
    Buffer.alloc(100_000),
  ],
  'a frame of a type that there is not': [frame(200, 255, 1, some)],
  'data on a stream that never was': [frame(types.data, 0, 1, some)],
  'data behind the end of a stream': [request(1), frame(types.data, 0, 1, some)],
  'data on stream 0': [frame(types.data, 0, 0, some)],
  'data that is all padding': [
    frame(types.headers, endHeaders, 1, get),
    frame(types.data, 8, 1, Buffer.from([200, 0])),
  ],
  'headers on stream 0': [request(0)],
  'headers on a stream of the server': [request(2)],
  'headers on a stream below the last': [request(5), request(3)],
  'headers on a stream that depends on itself': [
    frame(types.headers, endHeaders | endStream | 0x20, 1, Buffer.concat([word(1), Buffer.from([16]), get])),
  ],
  'headers that are no HPACK': [frame(types.headers, endHeaders | endStream, 1, Buffer.alloc(20, 255))],
  'headers without a path': [frame(types.headers, endHeaders | endStream, 1, get.subarray(0, 1))],
  'headers with a method twice': [
    frame(types.headers, endHeaders | endStream, 1, Buffer.concat([get.subarray(0, 1), get])),
  ],
  'headers twice, which are trailers without an end': [
    frame(types.headers, endHeaders, 1, get),
    frame(types.headers, endHeaders, 1, get),
  ],
  'headers that are not continued': [
    frame(types.headers, 0, 1, get),
    frame(types.ping, 0, 0, Buffer.alloc(8)),
  ],
  'a continuation of nothing': [frame(types.continuation, endHeaders, 1, get)],
  'a thousand empty continuations': [
    frame(types.headers, 0, 1, get),
    ...Array.from({ length: 1_000 }, () => frame(types.continuation, 0, 1)),
  ],
  'settings of five bytes': [frame(types.settings, 0, 0, Buffer.alloc(5))],
  'settings on a stream': [frame(types.settings, 0, 1)],
  'settings that are acknowledged with a payload': [frame(types.settings, acknowledge, 0, Buffer.alloc(6))],
  'settings with a window beyond 2^31 - 1': [
    frame(types.settings, 0, 0, Buffer.concat([Buffer.from([0, 4]), word(0xff_ff_ff_ff)])),
  ],
  'settings with a frame size of 1': [
    frame(types.settings, 0, 0, Buffer.concat([Buffer.from([0, 5]), word(1)])),
  ],
  'a ping of seven bytes': [frame(types.ping, 0, 0, Buffer.alloc(7))],
  'a ping on a stream': [frame(types.ping, 0, 1, Buffer.alloc(8))],
  'a reset of a stream that never was': [frame(types.reset, 0, 1, word(8))],
  'a reset of the whole session': [frame(types.reset, 0, 0, word(8))],
  'a reset of three bytes': [request(1), frame(types.reset, 0, 1, Buffer.alloc(3))],
  'a window that grows by nothing': [frame(types.window, 0, 0, word(0))],
  'a window that grows beyond 2^31 - 1': [
    frame(types.window, 0, 0, word(0x7f_ff_ff_ff)),
    frame(types.window, 0, 0, word(0x7f_ff_ff_ff)),
  ],
  'a push to the server': [frame(types.push, endHeaders, 1, Buffer.concat([word(2), get]))],
  'a goaway, and a request behind it': [frame(types.goaway, 0, 0, Buffer.alloc(8)), request(1)],
  'a goaway with an error, and a request behind it': [
    frame(types.goaway, 0, 0, Buffer.concat([word(0), word(2)])),
    request(1),
  ],
}

for (const { name, options } of everySettings) {
  describe(`malformed frames, ${name}`, () => {
    for (const host of http2Hosts) {
      for (const [what, bytes] of Object.entries(frames)) {
        it(`${host.name}: ${what}, on a new session and behind a request`, () =>
          besieged(host, { options }, async ({ port, joined, server }) => {
            const sessions: ServerHttp2Session[] = []
            const http2 = server as Http2Server
            http2.on('session', (session) => sessions.push(session))
            for (const before of [[], [request(1)]]) {
              const client = await FrameClient.connect(port, host.secure)
              joined(client)
              if (before.length > 0) {
                client.send(...before)
                await client.processed()
              }
              client.send(...bytes)
              await client.processed()
              client.destroy()
            }
            // A session whose client has broken the protocol does not end there, although the client has gone.
            if (process.versions.node.startsWith('20.')) for (const session of sessions) session.destroy()
          }))
      }

      if (host.secure) continue

      it(`${host.name}: a request of HTTP/1.1 instead of the preface`, () =>
        besieged(host, { options }, async ({ tcp, answers, keel }) => {
          const client = await tcp()
          client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
          await client.ended
          await answers()
          assert.equal(keel.snapshot().totals.requests, 1)
        }))

      it(`${host.name}: half of the preface, and a reset`, () =>
        besieged(host, { options }, async ({ tcp, answers }) => {
          const client = await tcp()
          await client.sent(preface.slice(0, 12))
          client.reset()
          await answers()
        }))
    }
  })
}
