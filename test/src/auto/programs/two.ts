import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach } from '@evenkeel/node'

// Two servers: the first is attached by the program itself, with other options, the second by nobody.
const own = createServer((_request, response) => response.end('ok'))
attach(own, { maxRequestsPerConnection: 2, jitter: 0 })
own.listen(0, '127.0.0.1', () => {
  const other = createServer((_request, response) => response.end('ok'))
  other.listen(0, '127.0.0.1', () => {
    const [ownPort, otherPort] = [own, other].map((server) => (server.address() as AddressInfo).port)
    console.log(JSON.stringify({ own: ownPort, other: otherPort }))
  })
})
