// A bare program. What it knows of Even Keel is on its command line.

import { subscribe } from 'node:diagnostics_channel'
import { createServer } from 'node:http'
import type { FleetState } from '@evenkeel/node'
import type { Told } from './message.js'

const [host, port] = process.argv.slice(2)
let requests = 0
const server = createServer((_request, response) => {
  requests++
  response.end('hello')
})
server.keepAliveTimeout = 65_000

function tell(told: Pick<Told, 'state'> = {}): void {
  process.send?.({ requests, ...told } satisfies Told)
}

subscribe('evenkeel:server:fleet', (event) => tell({ state: (event as { state: FleetState }).state }))
process.on('message', (message) => {
  if (message === 'tell') tell()
})
process.on('disconnect', () => process.exit())
server.listen(Number(port), host, () => tell())
