import { Agent, createServer, get } from 'node:http'
import { inspector } from '@evenkeel/inspector'
import { attach } from '@evenkeel/node'

const server = createServer((_request, response) => {
  setTimeout(() => response.end('hello\n'), 100 * Math.random())
})
const keel = attach(server, { maxRequestsPerConnection: 50, maxConnectionAge: 30_000 })

/** A client that keeps its connection and asks again and again, each at a pace of its own. */
function keepAsking(agent, pause) {
  get({ port: server.address().port, host: '127.0.0.1', agent }, (response) => {
    response.resume().on('end', () => setTimeout(keepAsking, 2 * pause * Math.random(), agent, pause))
  }).on('error', () => setTimeout(keepAsking, pause, agent, pause))
}

server.listen(0, '127.0.0.1', () => {
  for (let client = 0; client < 60; client++) {
    keepAsking(new Agent({ keepAlive: true, maxSockets: 1 }), 50 * 1.1 ** client)
  }
})

const page = createServer(inspector(keel))
page.listen(Number(process.env.PORT ?? 9090), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${page.address().port}`)
})
