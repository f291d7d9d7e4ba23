import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import { RawClient, type Target } from '@evenkeel/test-kit/raw-client'
import { assertQuiet } from '../hostile/guard.js'

/** A server that listens, bare or attached, and what it shows of itself. */
export interface Stand {
  readonly server: Server
  readonly port: number
  /** Undefined on the bare server. */
  readonly keel: Keel | undefined
  /** A client whose bytes belong to what is shown. */
  connect(how?: Pick<Target, 'halfOpen'>): Promise<RawClient>
  /** Says something that belongs to what is shown. */
  note(what: string): void
}

export interface Play {
  readonly create: (stand: Stand) => Server
  readonly run: (stand: Stand) => Promise<unknown>
}

/** Options under which nothing is retired: the second asks at the headers of every response. */
export const quiet: Readonly<Record<string, ServerOptions>> = {
  'attached, far from every limit': {
    maxRequestsPerConnection: Infinity,
    maxConnectionAge: Infinity,
    tuneTimeouts: false,
  },
  'attached, a minute from the age limit': { maxConnectionAge: 59_000, jitter: 0, tuneTimeouts: false },
}

/** Asserts that an attached server on which nothing is retired shows the same as a bare one. */
export async function assertSame(play: Play): Promise<void> {
  const bare = await shownBy(play)
  for (const [name, options] of Object.entries(quiet)) assert.equal(await shownBy(play, options), bare, name)
}

/** Every byte that the clients of a server have received, how their connections have ended, and what was noted. */
export async function shownBy({ create, run }: Play, options?: ServerOptions): Promise<string> {
  const notes: string[] = []
  const received: string[] = []
  const clients: RawClient[] = []
  let server: Server
  let keel: Keel | undefined
  const stand: Stand = {
    get server() {
      return server
    },
    get port() {
      return (server.address() as AddressInfo).port
    },
    get keel() {
      return keel
    },
    connect: async (how = {}) => {
      const client = await RawClient.connect({ port: stand.port, ...how })
      const index = clients.push(client) - 1
      received[index] = ''
      client.socket.on('data', (data) => {
        received[index] = `${received[index]}${data}`
      })
      client.socket.on('error', () => {})
      void client.ended.then((end) => {
        received[index] = `${received[index]}[${end}]`
      })
      return client
    },
    note: (what) => void notes.push(what),
  }
  server = create(stand)
  if (options !== undefined) keel = attach(server, options)
  const open = new Set<Socket>()
  server.on('connection', (socket) => open.add(socket.once('close', () => open.delete(socket))))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await run(stand)
  } finally {
    for (const client of clients) client.close()
    server.closeAllConnections()
    await Promise.all([...open].map((socket) => once(socket, 'close')))
    if (server.listening) await new Promise((closed) => server.close(closed))
  }
  if (keel !== undefined) assertSettled(keel)
  await assertQuiet()
  return [...received, ...notes].join('\n').replaceAll(/^Date: .*\r$/gm, 'Date: now\r')
}

/** Everything has closed. */
function assertSettled(keel: Keel): void {
  const { connections, totals } = keel.snapshot()
  assert.equal(connections.total, 0)
  assert.equal(totals.opened, totals.closed)
}

export const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
export const last = 'GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
