import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { describe } from 'node:test'
import { nextClose } from '@evenkeel/test-kit/closes'
import { it } from '../wire/it.js'
import { assertSame, get, last, type Play, shownBy } from './beside.js'

/** An idle connection, one with a request in flight, one on which nothing has come; then all that Node calls idle goes. */
const closesIdle: Play = {
  create: (stand) =>
    createServer((request, response) => {
      stand.note(`request ${request.url}`)
      if (request.url === '/wait') stand.server.emit('waiting', response)
      else response.end('ok')
    }),
  async run({ server, connect }) {
    const idle = await connect()
    await idle.request('/')
    const busy = await connect()
    const waiting = once(server, 'waiting')
    busy.send('GET /wait HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    const [response] = (await waiting) as [ServerResponse]
    const silent = await connect()
    server.closeIdleConnections()
    await idle.ended
    response.end('late')
    await busy.ended
    silent.send(last)
    await silent.ended
  },
}

const closesAll: Play = {
  create: (stand) => createServer(() => stand.server.emit('waiting')),
  async run({ server, connect }) {
    const clients = [await connect(), await connect()]
    const waiting = once(server, 'waiting')
    clients[0]?.send(get)
    await waiting
    server.closeAllConnections()
    for (const client of clients) await client.ended
  },
}

describe('closing connections by hand', () => {
  it('closeIdleConnections() ends and spares the same connections as on a bare server', () =>
    assertSame(closesIdle))

  it('closeAllConnections() ends all as on a bare server', () => assertSame(closesAll))

  for (const way of ['closeIdleConnections', 'closeAllConnections'] as const) {
    it(`${way}() ends a connection that was marked and waits for its client's FIN`, async () => {
      await shownBy(
        {
          create: () => createServer((_request, response) => response.end('ok')),
          async run({ server, connect, keel = assert.fail() }) {
            const client = await connect({ halfOpen: true })
            const { headers } = await client.request('/')
            assert.equal(headers.get('connection'), 'close')
            await client.ended
            const closed = nextClose(keel)
            server[way]()
            await closed
          },
        },
        { maxRequestsPerConnection: 1, jitter: 0 },
      )
    })
  }
})
