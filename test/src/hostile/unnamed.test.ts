import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duplex } from 'node:stream'
import { describe } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { attach, type Keel } from '@evenkeel/node'
import { it } from '../wire/it.js'
import { assertQuiet } from './guard.js'
import { Ledger } from './ledger.js'
import { everySettings } from './settings.js'

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

let paths = 0

/** One end of a connection without a network; what is written to one is read from the other. */
class End extends Duplex {
  other: End | undefined

  constructor(
    ends: Partial<Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'>> = {},
  ) {
    super()
    Object.assign(this, ends)
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.other?.push(chunk)
    done()
  }

  override _final(done: () => void): void {
    this.other?.push(null)
    done()
  }
}

/** Hands the server a connection as a tunnel or a multiplexer does: an end that is no socket. */
function tunnel(server: Server, ends?: ConstructorParameters<typeof End>[0]): { client: End; served: End } {
  const client = new End()
  const served = new End(ends)
  client.other = served
  served.other = client
  server.emit('connection', served)
  return { client, served }
}

for (const { name, options } of everySettings) {
  describe(`connections without an address of their own, ${name}`, () => {
    const attached = async (test: (server: Server, keel: Keel, ledger: Ledger) => Promise<void>) => {
      const server = createServer((_, response) => void response.end('ok'))
      const keel = attach(server, options)
      const ledger = new Ledger(keel)
      await test(server, keel, ledger)
      ledger.assertSettled()
      await assertQuiet()
    }

    it('15 over a unix socket have names of their own, and go', () =>
      attached(async (server, keel, ledger) => {
        const path = join(tmpdir(), `ek-hostile-${process.pid}-${++paths}.sock`)
        server.listen(path)
        await once(server, 'listening')
        const accepted: Promise<void>[] = []
        server.on('connection', (socket) =>
          accepted.push(new Promise((resolve) => socket.on('close', () => resolve()))),
        )
        const clients = await Promise.all(
          Array.from({ length: 15 }, async (_, which) => {
            const client = connect(path)
            client.on('error', () => {})
            await once(client, 'connect')
            if (which % 3 === 0) client.write(get)
            if (which % 3 === 1) client.write('GET / HTTP')
            return client
          }),
        )
        const witness = connect(path).setEncoding('latin1')
        witness.write(get)
        const [answer] = await once(witness, 'data')
        assert.match(String(answer), /^HTTP\/1.1 200/)
        assert.equal(ledger.keys.size, 16)
        for (const key of ledger.keys) keel.retire(key)
        for (const client of [...clients, witness]) client.destroy()
        await Promise.all(accepted)
        server.close()
      }))

    it('15 that are no sockets, and have no address, are connections like others', () =>
      attached(async (server, keel, ledger) => {
        const tunnels = Array.from({ length: 15 }, () => tunnel(server))
        assert.equal(keel.snapshot().connections.total, 15)
        for (const { client } of tunnels) client.write(get)
        await Promise.all(tunnels.map(({ client }) => once(client, 'data')))
        assert.equal(keel.snapshot().totals.requests, 15)
        assert.equal(ledger.keys.size, 15)
        await close(tunnels)
      }))

    it('5 that are no sockets, and all have the same two addresses, are 5 connections', () =>
      attached(async (server, keel) => {
        const ends = { remoteAddress: '192.0.2.1', remotePort: 1, localAddress: '192.0.2.2', localPort: 2 }
        const tunnels = Array.from({ length: 5 }, () => tunnel(server, ends))
        assert.equal(keel.snapshot().connections.total, 5)
        await close(tunnels)
      }))

    for (const [whose, socketOf] of [
      [
        'light-my-request makes them',
        () => Object.assign(new EventEmitter(), { remoteAddress: '127.0.0.1' }),
      ],
      ['some test makes them, which is not at all', () => undefined],
      [
        'serverless-http makes them',
        () => ({ remoteAddress: '127.0.0.1', readable: false, end() {}, destroy() {} }),
      ],
    ] as const) {
      it(`100 requests that are injected, on sockets as ${whose}, are no connections`, () =>
        attached(async (server, keel) => {
          for (let injected = 0; injected < 100; injected++) {
            const request = new IncomingMessage(socketOf() as unknown as Socket)
            server.emit('request', request, new ServerResponse(request))
          }
          await setImmediate()
          assert.equal(keel.snapshot().connections.total, 0)
        }))
    }

    it('a request that is emitted on a socket that has closed opens nothing that stays', () =>
      attached(async (server, keel) => {
        const { client, served } = tunnel(server)
        served.destroy()
        client.destroy()
        await once(served, 'close')
        const request = new IncomingMessage(served as unknown as Socket)
        server.emit('request', request, new ServerResponse(request))
        await setImmediate()
        assert.equal(keel.snapshot().connections.total, 0)
      }))
  })
}

async function close(tunnels: readonly { client: End; served: End }[]): Promise<void> {
  for (const { client, served } of tunnels) {
    client.destroy()
    served.destroy()
  }
  await setImmediate()
}
