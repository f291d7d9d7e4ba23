import { createServer } from 'node:http'
import { shutdown } from '@evenkeel/node'
import { conclude, follow, options } from './tell.js'

// Even Keel knows nothing of the server before its signal comes.
const server = createServer((request, response) => {
  if (request.url !== '/hang') response.end('ok')
}).listen(0, '127.0.0.1')
follow(server)
process.once('SIGTERM', () => conclude(shutdown(server, options)))
