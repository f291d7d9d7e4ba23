import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe } from 'node:test'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { ask } from '../http2/serving.js'
import { it } from '../wire/it.js'
import { http1Hosts, http2Hosts } from './hosts.js'
import { everySettings } from './settings.js'
import { besieged } from './siege.js'

const head = 'GET / HTTP/1.1\r\nHost: localhost\r\n'
const lines = (count: number): string => Array.from({ length: count }, (_, name) => `h${name}:1\r\n`).join('')
const many = (pairs: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: pairs }, (_, name) => [`x-${name}`, '1']))

for (const { name, options } of everySettings) {
  describe(`hostile headers, ${name}`, () => {
    for (const host of http1Hosts) {
      it(`${host.name}: 1 500 headers, of which Node keeps 100, are one request`, () =>
        besieged(host, { options }, async ({ connect, server, keel }) => {
          Object.assign(server, { maxHeadersCount: 100 })
          const client = await connect()
          client.send(`${head}${lines(1_500)}\r\n`)
          assert.equal((await client.response()).status, 200)
          assert.equal(keel.snapshot().totals.requests, 1)
        }))

      for (const [what, flood] of [
        ['one header of 20 000 bytes', `${head}X-Flood: ${'x'.repeat(20_000)}\r\n\r\n`],
        ['a path of 20 000 bytes', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`],
        ['a header name of 20 000 bytes', `${head}${'x'.repeat(20_000)}: 1\r\n\r\n`],
        ['3 000 headers of 25 000 bytes', `${head}${lines(3_000)}\r\n`],
        [
          'trailers of 20 000 bytes',
          `POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Flood: ${'x'.repeat(20_000)}\r\n\r\n`,
        ],
      ] as const) {
        it(`${host.name}: ${what}, above maxHeaderSize, end the connection`, () =>
          besieged(host, { options, listener: () => {} }, async ({ connect, answers }) => {
            const client = await connect()
            client.send(flood)
            await client.ended
            await answers()
          }))
      }

      it(`${host.name}: 20 requests with 20 000 bytes of headers each, on connections of their own`, () =>
        besieged(host, { options }, async ({ connect, keel, answers }) => {
          const clients = await Promise.all(Array.from({ length: 20 }, () => connect()))
          for (const client of clients) client.send(`${head}X-Flood: ${'x'.repeat(20_000)}\r\n\r\n`)
          await Promise.all(clients.map(({ ended }) => ended))
          assert.equal(keel.snapshot().totals.requests, 0)
          await answers()
        }))

      it(`${host.name}: headers a byte at a time, then nothing: 408 after the server's headersTimeout`, () =>
        besieged(
          host,
          {
            options: { ...options, tuneTimeouts: false },
            timeouts: { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 20 },
          },
          async ({ connect, keel, answers }) => {
            const client = await connect()
            await byteByByte(client, `${head}X-Slow: `)
            assert.equal(keel.snapshot().connections.new, 1)
            assert.equal((await client.response()).status, 408)
            await client.ended
            await answers()
          },
        ))

      it(`${host.name}: a second request's headers a byte at a time, then nothing, then a reset`, () =>
        besieged(host, { options }, async ({ connect, answers }) => {
          const client = await connect({ halfOpen: true })
          await client.request('/first')
          client.socket.on('error', () => {})
          await byteByByte(client, head)
          await answers()
          client.reset()
        }))
    }

    for (const host of http2Hosts) {
      it(`${host.name}: 500 headers on a stream, above maxHeaderListPairs, refuse the stream`, () =>
        besieged(host, { options }, async ({ session, answers }) => {
          const client = await session()
          const { status } = await ask(client, '/', many(500))
          assert.equal(status, 0)
          await answers()
        }))

      it(`${host.name}: a header of 100 000 bytes ends no more than its session`, () =>
        besieged(host, { options }, async ({ session, answers }) => {
          const client = await session()
          const stream = client.request({ ':path': '/', 'x-flood': 'x'.repeat(60_000) })
          stream.on('error', () => {})
          await once(stream.resume(), 'close')
          await answers()
        }))
    }
  })
}

async function byteByByte(client: RawClient, text: string): Promise<void> {
  for (const byte of text) await client.sent(byte)
}
