import cluster from 'node:cluster'
import { createServer } from 'node:http'
import { lead } from './primary.js'

// Knows nothing of Even Keel. Each worker answers with its number.
if (cluster.isPrimary) lead(JSON.parse(process.argv[2] ?? ''))
else {
  const server = createServer((_request, response) => response.end(String(cluster.worker?.id)))
  // Longer than a busy machine takes to start more workers.
  server.keepAliveTimeout = 120_000
  server.listen(0, '127.0.0.1')
}
