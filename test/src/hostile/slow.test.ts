import assert from 'node:assert/strict'
import { describe, mock } from 'node:test'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { noAddress } from '../address.js'
import { timed, until } from '../drain/time.js'
import { it } from '../wire/it.js'
import { clientHello } from './client-hello.js'
import { finds, GoodClients } from './good.js'
import { hosts } from './hosts.js'
import { besieged } from './siege.js'

const places = 200
const good = 20
const waves = 6
const perWave = 50

const skip = await noAddress('127.0.2.1')

/** So many addresses, from 127.0.0.2 on. */
const addressOf = (n: number): string => `127.0.${Math.floor(n / 249)}.${2 + (n % 249)}`

const head = Buffer.from(`GET /ok HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(100)}`)
const hello = await clientHello()

/** What a client sends as soon as it is connected, and then a byte of in each round; and who ends it if nobody else does. */
interface Slowness {
  readonly name: string
  readonly secure: boolean
  readonly first: Buffer
  readonly rest: Buffer
  readonly ended: 'by its idle timeout' | "by Node's headersTimeout"
}

const none = Buffer.alloc(0)
const byTimeout = 'by its idle timeout'
const slownesses: readonly Slowness[] = [
  { name: 'say nothing', secure: false, first: none, rest: none, ended: byTimeout },
  {
    name: 'send a head, a byte in each 100 ms',
    secure: false,
    first: none,
    rest: head,
    ended: "by Node's headersTimeout",
  },
  { name: 'say nothing', secure: true, first: none, rest: none, ended: byTimeout },
  { name: 'begin a handshake and no more', secure: true, first: hello, rest: none, ended: byTimeout },
  {
    name: 'begin a handshake, a byte in each 100 ms',
    secure: true,
    first: none,
    rest: hello,
    ended: byTimeout,
  },
]

describe(`${waves * perWave} clients at as many addresses, ${places} places`, { skip }, () => {
  for (const host of hosts.filter(({ protocols }) => protocols.join() === 'http1')) {
    for (const { name, first, rest, ended } of slownesses.filter(({ secure }) => secure === host.secure)) {
      it(`${host.name}: ${name}: none of ${good} others loses anything, and a newcomer finds a place`, () =>
        timed(({ clock }) => {
          const options = { maxConnections: places, maxConnectionAge: Infinity, jitter: 0, clock }
          return besieged(host, { options }, async (siege) => {
            const others = new GoodClients(siege, 'http1', clock, good, 4)
            await others.ask()
            const slow = new Map<RawClient, number>()
            const round = async (): Promise<void> => {
              for (const [client, sent] of slow) {
                if (client.socket.writable) client.socket.write(rest.subarray(sent, sent + 1))
                slow.set(client, sent + 1)
              }
              await others.rounds(1)
            }
            const come = async (n: number): Promise<void> => {
              const client = await siege.tcp({ from: { localAddress: addressOf(n) } })
              client.socket.on('error', () => {})
              if (client.socket.writable) client.socket.write(first)
              slow.set(client, 0)
            }
            for (let wave = 0; wave < waves; wave++) {
              const newcomers = Array.from({ length: perWave }, (_, n) => come(wave * perWave + n))
              await Promise.all([...newcomers, round()])
              await siege.met()
              assert.ok(siege.keel.snapshot().connections.total <= places)
              await round()
            }
            for (let rounds = 0; rounds < 6; rounds++) await round()
            assert.equal(await finds(siege), true)
            const { retired, refused } = siege.keel.snapshot().totals
            assert.ok(retired.evicted + refused >= waves * perWave + good - places)

            clock.advance(65_000)
            mock.timers.tick(1_000)
            if (ended === byTimeout) await until(() => siege.keel.snapshot().connections.total === good)
            await others.ask()
            others.assertKept()
          })
        }))
    }
  }
})
