import cluster from 'node:cluster'
import { createServer } from 'node:http'
import { clusterStore, createFleet } from '@evenkeel/fleet'
import { attach } from '@evenkeel/node'

if (cluster.isPrimary) {
  for (let worker = 0; worker < 4; worker++) cluster.fork()
  cluster.on('exit', () => cluster.fork())
  cluster.once('listening', (_worker, { port }) => console.log(`http://127.0.0.1:${port}`))
} else {
  const server = createServer((_request, response) => {
    response.end(`worker ${cluster.worker.id} of ${keel.snapshot().fleet.members}\n`)
  })
  const keel = attach(server, { fleet: createFleet({ store: clusterStore() }) })
  server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
}
