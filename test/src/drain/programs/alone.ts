import { createServer } from 'node:http'
import { probe, shutdown } from '@evenkeel/node'
import { conclude, follow, options } from './tell.js'

// Attached by nobody but its shutdown, or by @evenkeel/node/auto.
const server = createServer((request, response) => {
  if (request.url === '/ready') probe(request, response)
  else response.end('ok')
}).listen(0, '127.0.0.1')
follow(server)
await conclude(shutdown(server, options))
