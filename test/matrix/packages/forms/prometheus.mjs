import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'
import { collect } from '@evenkeel/prometheus'

const server = createServer((_request, response) => register.metrics().then((text) => response.end(text)))
const register = collect(attach(server, { maxRequestsPerConnection: 200 }))
server.listen(process.env.PORT)
