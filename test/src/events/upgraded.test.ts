import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe } from 'node:test'
import { attach, type EventOf, type Side } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { it } from '../wire/it.js'

const upgrade = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'

/** Who is told to have ended an upgraded socket first. */
async function endedBy(side: Side): Promise<Side | undefined> {
  const server = createServer()
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
    socket.on('end', () => socket.end()).resume()
    if (side === 'server') socket.end()
  })
  const closed = new Promise<EventOf<'close'>>((resolve) => attach(server).on('close', resolve))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = await RawClient.connect({ port: (server.address() as AddressInfo).port })
  try {
    client.send(upgrade)
    await once(client.socket, 'progress')
    if (side === 'client') client.socket.end()
    return (await closed).by
  } finally {
    client.close()
    server.close()
  }
}

describe('an upgraded socket', () => {
  for (const side of ['client', 'server'] as const) {
    it(`that its ${side} ends first is told so`, async () => assert.equal(await endedBy(side), side))
  }
})
