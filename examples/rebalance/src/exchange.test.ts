import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { codeOf } from '@evenkeel/example-stage/failures'
import { exchange } from './exchange.js'
import { Sockets } from './sockets.js'

test('5 requests, the third answered with "Connection: close": 2 connections, 1 last response', async () => {
  let requests = 0
  await withServer(
    (request, response) => {
      requests += 1
      if (requests === 3) response.setHeader('connection', 'close')
      answer(request, response)
    },
    async (port) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      const sockets = new Sockets()
      const last: boolean[] = []
      for (let request = 0; request < 5; request += 1) {
        const isLast = await exchange(agent, port, (socket) => {
          sockets.count(socket)
          if (request === 2) sockets.ended(socket)
        })
        last.push(isLast)
      }
      agent.destroy()
      await sockets.closed()
      assert.deepEqual(last, [false, false, true, false, false])
      assert.equal(sockets.opened, 2)
      assert.ok(sockets.lives)
    },
  )
})

test('a connection that is refused is a failure, and none that was opened', async () => {
  const sockets = new Sockets()
  const port = await withServer(answer, async (port) => port)
  const failed = exchange(new Agent(), port, (socket) => sockets.count(socket))
  await assert.rejects(failed, (error) => codeOf(error) === 'ECONNREFUSED')
  await sockets.closed()
  assert.equal(sockets.opened, 0)
})

test('an incomplete answer, a wrong one and another status are failures', async () => {
  const answers: [RequestListener, string][] = [
    [
      (_, response) =>
        response.writeHead(200, { 'content-length': 99 }).write('part', () => response.destroy()),
      'ECONNRESET',
    ],
    [(_, response) => response.end('wrong'), 'wrong answer'],
    [(_, response) => response.writeHead(503).end(), 'status 503'],
  ]
  for (const [listener, code] of answers) {
    await withServer(listener, async (port) => {
      const failed = exchange(new Agent(), port, () => {})
      await assert.rejects(failed, (error) => codeOf(error) === code)
    })
  }
})

const answer: RequestListener = (request, response) => {
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
  })
  request.on('end', () => response.end(`received ${bytes} bytes`))
}

async function withServer<Result>(
  listener: RequestListener,
  use: (port: number) => Promise<Result>,
): Promise<Result> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await use((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}
