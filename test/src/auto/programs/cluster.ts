import cluster from 'node:cluster'
import { once } from 'node:events'
import { createServer } from 'node:http'

// Two workers share a port, and answer with their number.
if (cluster.isPrimary) {
  const workers = [cluster.fork(), cluster.fork()]
  const listening = await Promise.all(workers.map((worker) => once(worker, 'listening')))
  process.on('SIGTERM', () => {
    for (const worker of workers) worker.process.kill()
    process.exit()
  })
  console.log(JSON.stringify({ port: listening[0]?.[0].port }))
} else {
  createServer((_request, response) => response.end(String(cluster.worker?.id))).listen(0, '127.0.0.1')
}
