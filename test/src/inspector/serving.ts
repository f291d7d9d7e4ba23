import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { ViewingClient } from './viewing.js'

/** What a test does with its server. */
export interface Serving {
  readonly server: Server
  readonly port: number
  connect(): Promise<RawClient>
  view(path?: string, localAddress?: string): Promise<ViewingClient>
}

/** Runs a server for one test, and ends it and all who are connected afterwards. */
export async function serving(
  listener: RequestListener,
  test: (serving: Serving) => Promise<void>,
): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const closes: Promise<unknown>[] = []
  server.prependListener('request', (_, response) => closes.push(once(response, 'close')))
  const clients: { close(): void }[] = []
  const kept = async <Client extends { close(): void }>(opening: Promise<Client>): Promise<Client> => {
    const client = await opening
    clients.push(client)
    return client
  }
  try {
    await test({
      server,
      port,
      connect: () => kept(RawClient.connect({ port })),
      view: (path, localAddress) => kept(ViewingClient.open(port, path, localAddress)),
    })
  } finally {
    for (const client of clients) client.close()
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
    // Streams stop their timers then, which must be those of this test.
    await Promise.all(closes)
  }
}

/** The server's own end of the next stream: it is told of the end before the client can be sure of it. */
export async function nextResponse(server: Server): Promise<ServerResponse> {
  const [, response] = await once(server, 'request')
  return response as ServerResponse
}
