import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { listening } from '@evenkeel/test-kit/listening'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { noAddress } from '../address.js'
import { it } from '../wire/it.js'
import { listener } from './neighbours.js'

const skip = await noAddress('127.0.2.1')

const misdeeds: Readonly<Record<string, string>> = {
  'says nothing': '',
  'sends half a head': 'GET /ok HTTP/1.1\r\nHost: local',
  'sends half a body': 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nfirst',
  'leaves 4 MiB unread': 'GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n',
}

describe('a bare server of 40 places, one client that opens 80 connections', { skip }, () => {
  for (const [name, text] of Object.entries(misdeeds)) {
    it(`which ${name}: 20 others keep theirs, and a newcomer is refused`, async () => {
      const server = createServer(listener)
      server.maxConnections = 40
      await listening(server, async ({ connect }) => {
        const join = async (localAddress?: string): Promise<RawClient> => {
          const client = await connect(localAddress === undefined ? {} : { from: { localAddress } })
          client.socket.on('error', () => {})
          return client
        }
        const others = await Promise.all(Array.from({ length: 20 }, (_, n) => join(`127.0.2.${n + 1}`)))
        const ask = async (client: RawClient): Promise<void> => {
          assert.equal((await client.request('/ok')).body, 'ok')
        }
        await Promise.all(others.map(ask))
        for (let count = 0; count < 80; count++) {
          const { socket } = await join()
          socket.pause()
          if (socket.writable) socket.write(text)
        }
        await Promise.all(others.map(ask))
        const newcomer = await join('127.0.3.1')
        await assert.rejects(ask(newcomer))
        await Promise.all(others.map(ask))
      })
    })
  }
})
