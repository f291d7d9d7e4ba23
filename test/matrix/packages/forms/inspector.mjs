import { createServer } from 'node:http'
import { inspector } from '@evenkeel/inspector'
import { attach } from '@evenkeel/node'

const server = createServer((request, response) => page(request, response))
const page = inspector(attach(server, { maxRequestsPerConnection: 200 }))
server.listen(process.env.PORT)
