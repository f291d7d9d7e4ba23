import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A balancer of layer 4 in this process, whose servers may change: connections go to each in its turn. */
export async function forward(
  ports: readonly number[],
): Promise<{ readonly url: string; readonly ports: number[]; opened: number; end(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const port = balancer.ports[balancer.opened++ % balancer.ports.length] ?? 0
    const upstream = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket)).on('error', () => client.destroy())
    }
    client.pipe(upstream).pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const balancer = {
    url: `http://127.0.0.1:${port}/`,
    ports: [...ports],
    opened: 0,
    async end() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return balancer
}
