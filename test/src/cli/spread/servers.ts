import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Address {
  readonly host: string
  /** 0: one that is free. */
  readonly port: number
}

/** Servers that name themselves `server-1`, `server-2` and so on, if nothing else is given. */
export async function listen(
  addresses: readonly Address[],
  listener: (server: string) => RequestListener = named,
): Promise<{ readonly ports: number[]; end(): Promise<void> }> {
  const servers = await Promise.all(
    addresses.map(async ({ host, port }, place) => {
      const server = createServer({ keepAliveTimeout: 60_000 }, listener(`server-${place + 1}`))
      server.listen(port, host)
      await once(server, 'listening')
      return server
    }),
  )
  return {
    ports: servers.map((server) => (server.address() as AddressInfo).port),
    end: async () => void (await Promise.all(servers.map(close))),
  }
}

/** So many free ports of this machine. */
export function local(servers: number): Address[] {
  return Array.from({ length: servers }, () => ({ host: '127.0.0.1', port: 0 }))
}

/** Answers with the server's name in `x-served-by`. */
export function named(server: string): RequestListener {
  return (_request, response) => {
    response.setHeader('x-served-by', server)
    response.end('hello')
  }
}

async function close(server: Server): Promise<void> {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}
