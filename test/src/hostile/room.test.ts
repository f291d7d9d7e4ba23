import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { describe } from 'node:test'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { ask } from '../http2/serving.js'
import { Gate } from '../wire/gate.js'
import { it } from '../wire/it.js'
import { type Host, hosts, http1Hosts } from './hosts.js'
import { besieged, type Siege } from './siege.js'

const options = { maxConnections: 20, quietGuard: 1 }
const get = 'GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n'
const upgrade = 'GET /tunnel HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'

/** What newcomers send, and then nothing more. */
const newcomers: Readonly<Record<string, string>> = {
  'say nothing': '',
  'send half a head': 'GET / HTTP/1.1\r\nHost: local',
  'send a request': 'GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'send garbage': '\0\0\0\0',
}

/** Comes over TCP and sends something, whatever becomes of it. */
async function come({ tcp }: Siege, text: string): Promise<RawClient> {
  const client = await tcp({ from: { localAddress: '127.0.0.9' } })
  client.socket.on('error', () => {})
  if (client.socket.writable) client.send(text)
  return client
}

/** Ten that are answered only when everything else is over: each resolves with what it got. */
async function tenHeld(host: Host, siege: Siege): Promise<(() => Promise<string>)[]> {
  const one = async (): Promise<() => Promise<string>> => {
    if (host.protocols.includes('http2')) {
      const answer = ask(await siege.session(), '/held')
      return async () => (await answer).body
    }
    const client = await siege.connect()
    client.send(get)
    return async () => (await client.response()).body
  }
  return Promise.all(Array.from({ length: 10 }, one))
}

describe('hostile newcomers, room for 20', () => {
  for (const host of hosts) {
    for (const [what, text] of Object.entries(newcomers)) {
      it(`${host.name}: 100 that ${what} push out none of ten whose requests are in flight`, () => {
        const gate = new Gate()
        const held: (() => void)[] = []
        const listener: RequestListener = (_, response) => {
          held.push(() => response.end('held'))
          gate.notify()
        }
        return besieged(host, { options, listener }, async (siege) => {
          const { keel, met } = siege
          const ten = await tenHeld(host, siege)
          await gate.until(() => held.length === 10)
          for (let wave = 0; wave < 5; wave++) {
            await Promise.all(Array.from({ length: 20 }, () => come(siege, text)))
            await met()
            assert.ok(keel.snapshot().connections.active >= 10)
          }
          for (const answer of held) answer()
          for (const body of ten) assert.equal(await body(), 'held')
          const { retired, refused } = keel.snapshot().totals
          // Whoever sends something may be closed for that.
          if (text === '') assert.ok(retired.evicted + refused >= 90, `${retired.evicted} + ${refused}`)
        })
      })
    }
  }

  for (const host of http1Hosts) {
    it(`${host.name}: 100 newcomers push out none of ten tunnels`, () =>
      besieged(host, { options }, async (siege) => {
        const echo = (_: unknown, socket: Duplex): void => {
          socket.on('error', () => {})
          socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
          socket.pipe(socket)
        }
        ;(siege.server as Server).on('upgrade', echo)
        const tunnels = await Promise.all(
          Array.from({ length: 10 }, async () => {
            const client = await siege.connect()
            client.send(upgrade)
            assert.equal((await client.response()).status, 101)
            return client
          }),
        )
        for (let wave = 0; wave < 5; wave++) {
          await Promise.all(Array.from({ length: 20 }, () => come(siege, '')))
          await siege.met()
          assert.equal(siege.keel.snapshot().connections.upgraded, 10)
        }
        for (const { socket } of tunnels) {
          socket.write('still here')
          assert.equal(String((await once(socket, 'data'))[0]), 'still here')
        }
      }))
  }
})
