import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe } from 'node:test'
import { connect } from 'node:tls'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { it } from '../wire/it.js'
import { clientHello } from './client-hello.js'
import { secureHosts } from './hosts.js'
import { everySettings } from './settings.js'
import { besieged, type Siege } from './siege.js'

const hello = await clientHello()
const alert = Buffer.from([21, 3, 3, 0, 2, 2, 40])

/** Over bare TCP, a client that sends this and no more. */
async function sending({ tcp }: Siege, bytes: Buffer | string): Promise<RawClient> {
  const client = await tcp()
  client.socket.on('error', () => {})
  client.socket.write(bytes)
  return client
}

for (const { name, options } of everySettings) {
  describe(`hostile TLS, ${name}`, () => {
    for (const host of secureHosts) {
      for (const [what, bytes] of [
        ['half of its first message', hello.subarray(0, hello.length >> 1)],
        ['its first message and no other', hello],
      ] as const) {
        for (const how of ['reset', 'close'] as const) {
          it(`${host.name}: a client sends ${what}, and ${how}s`, () =>
            besieged(host, { options }, async (siege) => {
              const client = await sending(siege, bytes)
              if (bytes === hello) await once(client.socket, 'data')
              await siege.answers()
              client[how]()
              await siege.settled()
              assert.equal(siege.keel.snapshot().totals.opened, 1 + host.protocols.length)
            }))
        }

        it(`${host.name}: a client sends ${what}, and hangs beyond the handshakeTimeout`, () =>
          besieged(host, { options, timeouts: { handshakeTimeout: 300 } }, async (siege) => {
            const failed = once(siege.server, 'tlsClientError')
            const client = await sending(siege, bytes)
            await failed
            await client.ended
            await siege.settled()
            assert.equal(siege.keel.snapshot().totals.closed, 1)
          }))
      }

      for (const [what, bytes] of [
        ['an HTTP request in plain text', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
        ['the preface of HTTP/2 in plain text', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
        ['a hundred thousand zeros', Buffer.alloc(100_000)],
        [
          'a record that is longer than any may be',
          Buffer.concat([Buffer.from([22, 3, 1, 255, 255]), Buffer.alloc(70_000)]),
        ],
        ['an alert', alert],
        ['its first message twice', Buffer.concat([hello, hello])],
        ['garbage behind its first message', Buffer.concat([hello, Buffer.alloc(1_000, 'x')])],
        ['an alert behind its first message', Buffer.concat([hello, alert])],
      ] as const) {
        it(`${host.name}: a client sends ${what}, and is cut off`, () =>
          besieged(host, { options }, async (siege) => {
            const client = await sending(siege, bytes)
            await client.ended
            await siege.answers()
          }))
      }

      for (const when of ['before its first request', 'in the middle of one', 'behind one'] as const) {
        it(`${host.name}: a client sends garbage instead of a record ${when}`, () =>
          besieged(host, { options }, async ({ tcp, answers }) => {
            const { socket: transport } = await tcp()
            transport.removeAllListeners('data')
            const socket = connect({ socket: transport, rejectUnauthorized: false })
            socket.on('error', () => {})
            await once(socket, 'secureConnect')
            if (when !== 'before its first request') socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n')
            if (when === 'behind one') {
              socket.write('\r\n')
              await once(socket, 'data')
            }
            const closed = once(transport, 'close')
            transport.write(Buffer.alloc(1_000, 'x'))
            await closed
            await answers()
          }))
      }
    }
  })
}
