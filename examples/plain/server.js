import { createServer } from 'node:http'
import { attach } from '@evenkeel/node'

const server = createServer((request, response) => {
  response.end(`${request.method} ${request.url}\n`)
})

attach(server, { maxRequestsPerConnection: 200 })

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`)
})
