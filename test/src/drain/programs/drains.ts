import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'
import { conclude, follow, options } from './tell.js'

const server = createServer((_, response) => response.end('ok'))
const keel = attach(server)
follow(server)
server.listen(0, '127.0.0.1')
process.once('SIGTERM', () => {
  conclude(keel.drain(options))
  server.close()
  server.closeIdleConnections()
})
