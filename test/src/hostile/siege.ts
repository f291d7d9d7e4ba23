import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { type ClientHttp2Session, connect, type ServerHttp2Session } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import { attach, type HttpServer, type Keel, keyOf, type ServerOptions } from '@evenkeel/node'
import { RawClient, type Target } from '@evenkeel/test-kit/raw-client'
import { ask } from '../http2/serving.js'
import { Gate } from '../wire/gate.js'
import { assertQuiet } from './guard.js'
import type { Host, Protocol, Timeouts } from './hosts.js'
import { Ledger } from './ledger.js'

/** What a test attacks. */
export interface Plan {
  readonly options: ServerOptions
  /** Answers everything but `GET /ok`. */
  readonly listener?: RequestListener
  readonly timeouts?: Timeouts
  /** Where the server listens; default 127.0.0.1. */
  readonly address?: string
  /** Ends the attack, with an error that says what is still open. */
  readonly limit?: AbortSignal
}

/** A server under attack. */
export interface Siege {
  readonly secure: boolean
  readonly port: number
  readonly server: HttpServer
  readonly keel: Keel
  readonly ledger: Ledger
  /** A client over the server's transport, TLS where it is secure. */
  connect(how?: Pick<Target, 'from' | 'halfOpen' | 'host'>): Promise<RawClient>
  /** A client over bare TCP. */
  tcp(how?: Pick<Target, 'from' | 'halfOpen' | 'host'>): Promise<RawClient>
  session(): Promise<ClientHttp2Session>
  /** A client made by the test itself has connected: the server must have accepted it before all is over. */
  joined(client: { destroy(): void }): void
  /** The server answers `GET /ok` over each of its protocols. */
  answers(): Promise<void>
  /** Resolves when the server has accepted or refused every client. */
  met(): Promise<void>
  /** Resolves when the server has closed everything. */
  settled(): Promise<void>
  detach(): void
}

/**
 * Runs an attack on a server with a keel. Then all clients go, and what must be true behind every attack is
 * asserted: the server answers, its keel has closed all that it opened, and nothing was thrown or warned of.
 */
export async function besieged(
  { create, secure, protocols }: Host,
  {
    options,
    listener = (_, response) => void response.end('ok'),
    timeouts,
    address = '127.0.0.1',
    limit,
  }: Plan,
  test: (siege: Siege) => Promise<void>,
): Promise<void> {
  /** Requests that the application has, by the key of their connection. */
  const busy = new Map<string, number>()
  const alive = new Map<string, Socket>()
  const server = await create(
    (request, response) => {
      const key = keyOf(request.socket)
      busy.set(key, (busy.get(key) ?? 0) + 1)
      response.once('close', () => busy.set(key, (busy.get(key) ?? 1) - 1))
      if (request.url === '/ok') response.end('ok')
      else listener(request, response)
    },
    timeouts,
    options,
  )
  const keel = attach(server, options)
  const ledger = new Ledger(keel)
  ledger.isBusy = (key) => (busy.get(key) ?? 0) > 0
  ledger.isAlive = (key) => alive.get(key)?.destroyed === false
  const gate = new Gate()
  const clients: { destroy(): void }[] = []
  const open = new Set<Socket | ServerHttp2Session>()
  let arrived = 0
  let transports = 0
  let detached = false

  const track = (carrier: Socket | ServerHttp2Session, isTransport: boolean): void => {
    open.add(carrier)
    if (isTransport) transports++
    carrier.once('close', () => {
      open.delete(carrier)
      gate.notify()
    })
  }
  server.on('connection', (socket: Socket) => {
    arrived++
    const key = keyOf(socket)
    alive.set(key, socket)
    socket.once('close', () => {
      if (alive.get(key) !== socket) return
      alive.delete(key)
      busy.delete(key)
    })
    // Over TLS it counts from here on, unless its peer cannot be told from others any more.
    track(socket, secure ? socket.remoteAddress !== undefined : protocols.includes('http1'))
    gate.notify()
  })
  server.on('drop', () => {
    arrived++
    gate.notify()
  })
  server.on('secureConnection', (socket: TLSSocket) => track(socket, socket.remoteAddress === undefined))
  server.on('session', (session: ServerHttp2Session) => track(session, !secure))

  server.listen(0, address)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const siege: Siege = {
    secure,
    port,
    server,
    keel,
    ledger,
    connect: (how) => join(RawClient.connect({ port, secure, ...how })),
    tcp: (how) => join(RawClient.connect({ port, ...how })),
    session: async () => {
      const client = connect(`${secure ? 'https' : 'http'}://127.0.0.1:${port}`, {
        rejectUnauthorized: false,
      })
      await once(client, 'connect')
      client.on('error', () => {})
      siege.joined(client)
      return client
    },
    joined: (client) => void clients.push(client),
    answers: async () => {
      for (const protocol of protocols) await good[protocol](siege)
    },
    met: () => gate.until(() => arrived >= clients.length),
    settled: async () => {
      await gate.until(() => arrived >= clients.length && open.size === 0)
      // What a last event brings about may take its turn.
      await setImmediate()
    },
    detach: () => {
      detached = true
      keel.detach()
      ledger.detached()
    },
  }

  async function join(connecting: Promise<RawClient>): Promise<RawClient> {
    const client = await connecting
    siege.joined({ destroy: () => client.close() })
    return client
  }

  async function attack(): Promise<void> {
    await test(siege)
    for (const client of clients) client.destroy()
    await siege.settled()
    await siege.answers()
    await siege.settled()
    ledger.assertSettled()
    if (!detached) assert.equal(keel.snapshot().totals.opened, transports, 'every transport was opened once')
  }

  async function endless(signal: AbortSignal): Promise<void> {
    await once(signal, 'abort')
    const connections = [...keel.connections()].map(({ key, state, retired }) => ({ key, state, retired }))
    const left = { clients: clients.length, arrived, open: open.size, connections }
    throw new Error(`the attack does not end: ${JSON.stringify(left)}`)
  }

  try {
    await (limit === undefined ? attack() : Promise.race([attack(), endless(limit)]))
  } finally {
    for (const carrier of [...clients, ...open]) carrier.destroy()
    server.close()
  }
  await assertQuiet()
}

const good: Readonly<Record<Protocol, (siege: Siege) => Promise<void>>> = {
  http1: async ({ connect }) => {
    const client = await connect()
    const { status, body } = await client.request('/ok')
    assert.deepEqual([status, body], [200, 'ok'])
    client.close()
  },
  http2: async ({ session }) => {
    const client = await session()
    const { status, body } = await ask(client, '/ok')
    assert.deepEqual([status, body], [200, 'ok'])
    client.destroy()
  },
}
