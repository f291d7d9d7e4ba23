import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach } from '@evenkeel/node'
import { hear, tell } from './parent.js'

let open = 0
let most = 0

const server = createServer((request, response) => {
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
  })
  request.on('end', () => response.end(`received ${bytes} bytes`))
})
// Above what the balancer in front uses, as it should be: ten minutes here.
server.keepAliveTimeout = 600_000

server.on('connection', (socket) => {
  open += 1
  most = Math.max(most, open)
  socket.on('close', () => {
    open -= 1
  })
})

// The only difference between the two runs.
const [maxConnections, fairEviction] = process.argv.slice(2)
const keel =
  maxConnections === undefined
    ? undefined
    : attach(server, { maxConnections: Number(maxConnections), fairEviction: fairEviction === 'true' })

hear((command) => {
  if (command.type !== 'count') return
  const totals = keel?.snapshot().totals
  void tell({
    type: 'sockets',
    open,
    most,
    ...(totals && { evicted: totals.retired.evicted, refused: totals.refused }),
  })
})

server.listen(0, '127.0.0.1', () => {
  void tell({ type: 'listening', port: (server.address() as AddressInfo).port })
})
