import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach } from '@evenkeel/node'
import { bodyOf } from '../../apps/app.js'
import type { ServerCount } from './messages.js'

// A process of its own: gives its port when it listens, and its counts for every message.
const [kind, places] = process.argv.slice(2)
let open = 0
let most = 0
let fromOthers = 0

const server = createServer(async (request, response) => {
  response.end(`received ${(await bodyOf(request)).length}`)
})
server.keepAliveTimeout = 600_000
server.on('connection', (socket) => {
  open++
  most = Math.max(most, open)
  if (socket.remoteAddress !== '127.0.0.1') fromOthers++
  socket.on('close', () => open--)
})

const maxConnections = Number(places)
const keel =
  kind === 'bare'
    ? undefined
    : attach(server, { maxConnections, maxRequestsPerConnection: Infinity, maxConnectionAge: Infinity })
if (keel === undefined) server.maxConnections = maxConnections

process.on('message', () => {
  const { retired, refused } = keel?.snapshot().totals ?? { retired: { evicted: 0 }, refused: 0 }
  const count: ServerCount = { open, most, fromOthers, evicted: retired.evicted, refused }
  process.send?.(count)
})
process.on('disconnect', () => process.exit())

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
