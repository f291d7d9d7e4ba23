import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach, type Keel } from '@evenkeel/node'
import type { Act } from './acts.js'
import { serveMetrics } from './admin.js'
import { joinFleet, leaveFleet } from './fleet.js'
import { hear, tell } from './parent.js'

let requests = 0

const server = createServer((request, response) => {
  requests += 1
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
  })
  request.on('end', () => response.end(`received ${bytes} bytes`))
})

const [act, maxRequests, redis] = process.argv.slice(2)

// The only difference between the runs.
const protect: Readonly<Record<Act, () => Keel | undefined>> = {
  without: () => undefined,
  limit: () => attach(server, { maxRequestsPerConnection: Number(maxRequests) }),
  fleet: () => attach(server, { fleet: joinFleet(redis) }),
}
const keel = protect[act as Act]()
const metricsPort = keel && (await serveMetrics(keel))

hear((command) => {
  if (command.type === 'count') void tell({ type: 'counted', count: requests })
  if (command.type === 'leave') void leaveFleet().then((status) => tell({ type: 'left', status }))
})

// A worker of a cluster would share its port with the others. Here the balancer is between the servers and the clients.
server.listen({ port: 0, host: '127.0.0.1', exclusive: true }, () => {
  void tell({ type: 'listening', port: (server.address() as AddressInfo).port, metricsPort })
})
