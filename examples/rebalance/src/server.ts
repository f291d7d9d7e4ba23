import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach } from '@evenkeel/node'
import { serveMetrics } from './admin.js'
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

// The only difference between the two runs.
const [maxRequests] = process.argv.slice(2)
const keel =
  maxRequests === undefined ? undefined : attach(server, { maxRequestsPerConnection: Number(maxRequests) })
const metricsPort = keel && (await serveMetrics(keel))

hear((command) => {
  if (command.type === 'count') void tell({ type: 'counted', count: requests })
})

server.listen(0, '127.0.0.1', () => {
  void tell({ type: 'listening', port: (server.address() as AddressInfo).port, metricsPort })
})
