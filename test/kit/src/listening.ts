import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo, ListenOptions, Server } from 'node:net'
import { RawClient, type Route } from './raw-client.js'

/** What a test has of a server that listens for it. */
export interface Listening {
  /** 0 where the server listens at a path. */
  readonly port: number
  /** A client that ends with the server. */
  open(how?: Route): RawClient
  /** The same, once it is connected. */
  connect(how?: Route): Promise<RawClient>
}

/** Lets a server listen for one test, then ends it with all its connections. */
export async function listening<Result>(
  server: Server,
  test: (context: Listening) => Promise<Result>,
  where: ListenOptions = { port: 0, host: '127.0.0.1' },
): Promise<Result> {
  const sessions = new Set<{ destroy(): void }>()
  server.on('session', (session) => sessions.add(session))
  server.listen(where)
  await once(server, 'listening')
  const address = server.address() as AddressInfo | string
  const at = typeof address === 'string' ? { path: address } : { port: address.port }
  const clients: RawClient[] = []
  const open = (how: Route = {}): RawClient => {
    const client = RawClient.open({ ...at, ...how })
    clients.push(client)
    return client
  }
  const connect = async (how?: Route): Promise<RawClient> => {
    const client = open(how)
    await client.connected
    return client
  }
  try {
    return await test({ port: at.port ?? 0, open, connect })
  } finally {
    for (const client of clients) client.close()
    for (const session of sessions) session.destroy()
    await close(server)
  }
}

/** Closes a server, unless the test has done so, with all its connections. */
export async function close(server: Server | HttpServer): Promise<void> {
  const closed = server.listening ? once(server, 'close') : undefined
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
}
