import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { it } from 'node:test'
import { attach } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'

it("server.timeout of 50 on a silent connection is the server's own: one timeout, and nothing retired", async () => {
  const server = Object.assign(createServer(), { timeout: 50 })
  const keel = attach(server, { idleTimeout: 2_400 })
  let timeouts = 0
  server.on('connection', (socket: Socket) => socket.on('timeout', () => timeouts++))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = await RawClient.connect({ port: (server.address() as AddressInfo).port })
  await client.ended
  await new Promise((closed) => server.close(closed))
  assert.deepEqual([timeouts, keel.snapshot().totals.retired['idle-timeout']], [1, 0])
})
