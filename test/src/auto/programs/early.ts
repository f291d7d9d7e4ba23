import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'
import { announce } from './announce.js'

const server = createServer((_request, response) => response.end('ok'))
attach(server, { maxRequestsPerConnection: 2, jitter: 0 })
server.listen(0, '127.0.0.1', () => announce(server))
