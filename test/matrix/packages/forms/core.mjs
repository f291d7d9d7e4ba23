import { createServer } from 'node:http'
import { createCounter } from '@evenkeel/core'

const counter = createCounter({
  maxRequestsPerConnection: 200,
  clock: performance,
  random: Math.random,
})

createServer((request, response) => {
  const reason = counter.hit(`${request.socket.remoteAddress}:${request.socket.remotePort}`)
  if (reason !== undefined) response.setHeader('Connection', 'close')
  response.end(`last for ${reason}`)
}).listen(process.env.PORT)
