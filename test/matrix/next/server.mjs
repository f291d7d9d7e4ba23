import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'
import next from 'next'

const app = next({ dev: process.env.NODE_ENV !== 'production' })
await app.prepare()

const server = createServer(app.getRequestHandler())
attach(server, { maxRequestsPerConnection: 200 })
server.listen(process.env.PORT)
