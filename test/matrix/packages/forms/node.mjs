import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'

const server = createServer((_request, response) => response.end('hello'))
attach(server, { maxRequestsPerConnection: 200 })
server.listen(process.env.PORT)
