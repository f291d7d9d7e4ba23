import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { attach } from '@evenkeel/node'
import { serveMetrics } from './admin.js'
import { compareCounts, differences } from './agreement.js'
import { exchange } from './exchange.js'
import { sampleTraffic } from './sample.js'
import { scrape } from './scrape.js'
import { Sockets } from './sockets.js'

test('what two servers say of 11 requests is what their client counted, once its connection has ended', async () => {
  const servers = await Promise.all([serve(), serve()])
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const sockets = new Sockets()
  let lastResponses = 0
  for (let request = 0; request < 11; request += 1) {
    const { port } = servers[request % 2] ?? assert.fail()
    if (await exchange(agent, port, (socket) => sockets.count(socket))) lastResponses += 1
  }
  agent.destroy()
  await sockets.closed()
  const metrics = await scrape(servers.map(({ metricsPort }) => metricsPort))
  assert.equal(lastResponses, 5)
  const traffic = sampleTraffic({ requests: 11, opened: sockets.opened, lastResponses })
  assert.deepEqual(differences(compareCounts('max-requests', traffic, metrics)), [])
  await Promise.all(servers.map(({ close }) => close()))
})

test('a server that has no metrics to give is told with its status', async () => {
  const server = createServer((_, response) => response.writeHead(503).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await assert.rejects(scrape([port]), { message: `the metrics on port ${port} answered with status 503` })
  await close(server)
})

async function serve(): Promise<{ port: number; metricsPort: number; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end(`received ${request.headers['content-length'] ?? 0} bytes`))
  })
  const metricsPort = await serveMetrics(attach(server, { maxRequestsPerConnection: 2, jitter: 0 }))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return { port, metricsPort, close: () => close(server) }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
