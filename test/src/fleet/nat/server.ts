// A bare program. What it knows of Even Keel is on its command line.

import { subscribe } from 'node:diagnostics_channel'
import { createServer } from 'node:http'

let requests = 0
const server = createServer((_request, response) => {
  requests++
  response.end('hello')
})
server.keepAliveTimeout = 65_000
server.listen(Number(process.argv[2]), process.argv[3])
subscribe('evenkeel:server:fleet', (event) => {
  const { state, before } = event as { state: string; before: string }
  process.send?.({ state: `${before} > ${state}` })
})
process.on('message', () => process.send?.({ requests }))
process.on('disconnect', () => process.exit())
