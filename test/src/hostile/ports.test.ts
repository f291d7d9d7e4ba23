import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe } from 'node:test'
import { Worker } from 'node:worker_threads'
import { nextClose } from '@evenkeel/test-kit/closes'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { it } from '../wire/it.js'
import { hosts, http1Hosts, secureHosts } from './hosts.js'
import { everySettings } from './settings.js'
import { besieged } from './siege.js'

/** A loopback address of this process alone, so that no other takes a port of it between two connections. */
const localAddress = `127.8.${(process.pid >> 8) & 255}.${process.pid & 255}`
const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

const portOf = ({ key }: RawClient): number => Number(key.split(':')[1])

for (const { name, options } of everySettings) {
  describe(`hostile ports, ${name}`, () => {
    const ports = 1_000
    it(`node:http: ${ports} distinct ports, 50 at once, that say nothing, reset, ask, or ask and reset`, () =>
      besieged(http1Hosts[0] ?? assert.fail(), { options }, async ({ connect, ledger, keel }) => {
        let most = 0
        const attacker = async (): Promise<void> => {
          while (ledger.keys.size < ports) {
            const client = await connect({ from: { localAddress } })
            client.socket.on('error', () => {})
            const kind = portOf(client) % 4
            if (kind === 1 || kind === 2) await client.request('/')
            if (kind === 3) client.send(get)
            most = Math.max(most, keel.snapshot().connections.total)
            if (kind === 1) client.close()
            else client.reset()
          }
        }
        await Promise.all(Array.from({ length: 50 }, attacker))
        assert.ok(most <= 300, `${most} were open at once`)
      }))

    for (const host of http1Hosts) {
      it(`${host.name}: a port that is used 30 times, each at once behind a reset`, () =>
        besieged(host, { options }, async ({ connect, keel, ledger }) => {
          let from: { localAddress: string; localPort?: number } = { localAddress }
          for (let use = 0; use < 30; use++) {
            const client = await connect({ from })
            client.socket.on('error', () => {})
            const { status } = await client.request('/')
            assert.equal(status, 200)
            from = { localAddress, localPort: portOf(client) }
            client.reset()
          }
          assert.equal(keel.snapshot().totals.requests, 30)
          assert.ok(ledger.keys.size <= 2, [...ledger.keys].join())
        }))

      it(`${host.name}: a port that connects to two addresses of the server at once, three times`, () => {
        const held: ServerResponse[] = []
        let both = (): void => {}
        const attack = {
          options,
          address: '0.0.0.0',
          listener: (_: unknown, response: ServerResponse) => {
            held.push(response)
            both()
          },
        }
        return besieged(host, attack, async ({ connect, keel }) => {
          for (let time = 0; time < 3; time++) {
            held.length = 0
            const first = await connect({ from: { localAddress } })
            const from = { localAddress, localPort: portOf(first) }
            const second = await connect({ from, host: '127.0.0.2' })
            const inFlight = new Promise<void>((resolve) => {
              both = () => held.length === 2 && resolve()
            })
            for (const client of [first, second]) client.send(get)
            await inFlight
            assert.equal(keel.snapshot().connections.active, 2)
            assert.deepEqual(
              [...keel.connections()].map(({ key }) => key),
              [first.key, second.key],
            )
            const responses = Promise.all([first.response(), second.response()])
            for (const response of held) response.end('ok')
            await responses
            const closed = nextClose(keel)
            first.close()
            await closed
            second.reset()
          }
        })
      })
    }

    for (const host of secureHosts) {
      it(`${host.name}: a port that is used 10 times, each while the handshake before it is not over`, () =>
        besieged(host, { options }, async ({ tcp, connect, keel }) => {
          let client = await tcp({ from: { localAddress } })
          const from = { localAddress, localPort: portOf(client) }
          for (let use = 1; use < 10; use++) {
            client.socket.on('error', () => {})
            client.reset()
            // At once, so that the server hears of the new one before it hears of the end of the old one.
            client = await (use < 9 ? tcp({ from }) : connect({ from }))
          }
          assert.equal((await client.request('/')).status, 200)
          assert.ok(keel.snapshot().connections.total <= 1, `${keel.snapshot().connections.total} are open`)
        }))
    }

    for (const host of hosts) {
      it(`${host.name}: two servers in one process, and a port that connects to both`, () =>
        besieged(host, { options }, (one) =>
          besieged(host, { options }, async (other) => {
            const first = await one.tcp({ from: { localAddress } })
            const from = { localAddress, localPort: portOf(first) }
            const second = await other.tcp({ from })
            assert.equal(first.key, second.key)
            for (const client of [first, second]) {
              client.socket.on('error', () => {})
              client.send(get)
            }
            await one.answers()
            first.reset()
            await one.settled()
            await other.answers()
            second.close()
          }),
        ))
    }

    it('node:http: 20 connections of one port that all wait while the server does something else', () =>
      besieged(http1Hosts[0] ?? assert.fail(), { options }, async ({ port, answers }) => {
        const done = new Int32Array(new SharedArrayBuffer(4))
        const worker = new Worker(new URL('./reconnecting.js', import.meta.url), {
          workerData: { port, localAddress, times: 20, done },
        })
        await once(worker, 'online')
        // Nothing is accepted until the last of them has connected.
        Atomics.wait(done, 0, 0, 20_000)
        assert.equal(Atomics.load(done, 0), 20)
        await once(worker, 'exit')
        await answers()
      }))
  })
}
