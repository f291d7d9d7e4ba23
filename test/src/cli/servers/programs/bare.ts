import { createServer, type ServerResponse } from 'node:http'

const {
  host,
  keepAliveTimeout = 1_000,
  port,
  maxRequestsPerSocket = 0,
  limit = Number.POSITIVE_INFINITY,
  end = '',
} = JSON.parse(process.argv[2] ?? '{}')

let executed = 0
const requests = new WeakMap<object, number>()

/** How people end connections by hand, behind so many requests. */
const ends: Record<string, (response: ServerResponse) => void> = {
  header: (response) => void response.setHeader('Connection', 'close'),
  socket: (response) => void response.on('finish', () => response.req.socket.end()),
}

// Answers come behind the read that brought their requests, as those of most handlers do.
const server = createServer({ keepAliveTimeout }, (request, response) => {
  executed++
  const count = (requests.get(request.socket) ?? 0) + 1
  requests.set(request.socket, count)
  if (count >= limit) ends[end]?.(response)
  const body = `request ${executed}`
  setImmediate(() => response.end(body))
})
server.maxRequestsPerSocket = maxRequestsPerSocket
server.listen(port, host)
