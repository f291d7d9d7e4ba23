import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFleet, redisStore } from '@evenkeel/fleet'
import { attach } from '@evenkeel/node'
import { keepAliveTimeout } from '../servers/hello.js'

/** What ends connections: nothing, Node's own limit, or Even Keel in three ways. */
export type Kind = 'bare' | 'maxRequestsPerSocket' | 'count' | 'age' | 'fleet'

const [kind, number, limit, age, redis = ''] = process.argv.slice(2)

const answer = JSON.stringify({ server: Number(number) })
const pipelined = '/pipelined/'
/** The numbers of the pipelined requests that came here. */
const executed: number[] = []

const server = createServer(({ url = '' }, response) => {
  if (url.startsWith(pipelined)) executed.push(Number(url.slice(pipelined.length)))
  const body = url === '/executed' ? JSON.stringify(executed) : answer
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length })
  response.end(body)
})
server.keepAliveTimeout = keepAliveTimeout

const ways: Readonly<Record<Kind, () => void>> = {
  bare: () => {},
  maxRequestsPerSocket: () => {
    server.maxRequestsPerSocket = Number(limit)
  },
  count: () => void attach(server, { maxRequestsPerConnection: Number(limit) }),
  age: () => void attach(server, { maxRequestsPerConnection: Infinity, maxConnectionAge: Number(age) }),
  fleet: () => void attach(server, { fleet: createFleet({ store: redisStore(redis), group: 'peers' }) }),
}
ways[kind as Kind]()

server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
// It ends with the benchmark, however that ends.
process.stdin.resume().on('end', () => process.exit())
