import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach, type ServerOptions } from '@evenkeel/node'

/** What the program prints: what belongs to the lines on its stderr. */
export interface JournalLine {
  readonly port: number
  readonly hasBuffer: boolean
  /** How many listeners wait for the address of a server that is attached. */
  readonly added: number
}

// One server that is attached, changed and detached; one that is attached while it listens, and tunes nothing; and two that
// have nothing to say.
const options: ServerOptions = { maxRequestsPerConnection: 200, exempt: () => false }
const server = createServer((_request, response) => response.end('ok'))
const listeners = (): number => server.listenerCount('listening') + server.listenerCount('connection')
const before = listeners()
const keel = attach(server, options)
keel.update({ jitter: 0 })
const added = listeners() - before
server.listen(0, '127.0.0.1')
await once(server, 'listening')
attach(server, options)
const { port } = server.address() as AddressInfo
keel.update({ idleTimeout: 90_000, maxConnections: 100 })
keel.update({ idleTimeout: 90_000 })
keel.detach()
server.close()
await once(server, 'close')

server.listen(port, '127.0.0.1')
await once(server, 'listening')
attach(server, { tuneTimeouts: false })
server.close()
await once(server, 'close')

attach(createServer())
const left = attach(createServer())
left.detach()
console.log(JSON.stringify({ port, added, hasBuffer: 'keepAliveTimeoutBuffer' in server }))
