import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { attach, type EventOf, type Side } from '@evenkeel/node'
import { nextClose } from '@evenkeel/test-kit/closes'
import { listening } from '@evenkeel/test-kit/listening'
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
  const closed = nextClose<EventOf<'close'>>(attach(server))
  return listening(server, async ({ connect }) => {
    const client = await connect()
    client.send(upgrade)
    await once(client.socket, 'progress')
    if (side === 'client') client.socket.end()
    return (await closed).by
  })
}

describe('an upgraded socket', () => {
  for (const side of ['client', 'server'] as const) {
    it(`that its ${side} ends first is told so`, async () => assert.equal(await endedBy(side), side))
  }
})
