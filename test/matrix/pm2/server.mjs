import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'

const server = createServer((_request, response) => response.end(`${process.env.NODE_APP_INSTANCE}`))
attach(server, { maxRequestsPerConnection: 200 })
server.listen(process.env.PORT)
