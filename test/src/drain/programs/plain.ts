import { createServer } from 'node:http'
import { attach, probe, shutdown } from '@evenkeel/node'
import { conclude, follow, options } from './tell.js'

const server = createServer((request, response) => {
  if (request.url === '/ready') probe(request, response)
  else response.end('ok')
})
attach(server, { quietGuard: 100 })
follow(server)
server.listen(0, '127.0.0.1')
await conclude(shutdown(server, options))
