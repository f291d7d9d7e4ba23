import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'
import { announce } from './announce.js'

// As README has it: what `listen` returns is attached.
const server = createServer((_request, response) => response.end('ok'))
attach(
  server.listen(0, '127.0.0.1', () => announce(server)),
  { maxRequestsPerConnection: 2, jitter: 0 },
)
