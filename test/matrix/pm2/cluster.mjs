import cluster from 'node:cluster'
import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'

if (cluster.isPrimary) {
  for (let worker = 0; worker < 4; worker++) cluster.fork()
} else {
  const server = createServer((_request, response) => response.end(`process ${process.pid}`))
  attach(server, { maxRequestsPerConnection: 200 })
  server.listen(process.env.PORT)
}
