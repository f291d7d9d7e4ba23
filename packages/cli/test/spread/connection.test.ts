import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { Connection } from '#cli/spread/client/connection'
import { isEnd } from '#cli/spread/client/ended'

it('a connection that its server has ended opens no second socket for a second request', async () => {
  const ports: (number | undefined)[] = []
  const server = createServer((_request, response) => response.end('hello'))
  server.on('connection', ({ remotePort }: Socket) => ports.push(remotePort)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = new URL(`http://127.0.0.1:${port}/`)
  const { signal } = new AbortController()
  const connection = new Connection({ url, headers: {}, timeout: 10_000, isInsecure: false, signal })
  try {
    await connection.send()
    server.closeAllConnections()
    while (connection.isOpen) await turn()
    await assert.rejects(connection.send(), isEnd)
    // The server accepts in order: a second socket of the connection would come before this one.
    const marker = connect(port, '127.0.0.1')
    await once(marker, 'connect')
    while (!ports.includes(marker.localPort)) await turn()
    const { localPort } = marker
    marker.destroy()
    assert.deepEqual(ports.slice(1), [localPort])
  } finally {
    connection.destroy()
    server.close()
  }
})
