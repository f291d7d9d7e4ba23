import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe } from 'node:test'
import { attach, shutdown } from '@evenkeel/node'
import { RawClient } from '../raw-client.js'
import { assertKept, assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { timed } from './time.js'

describe('a server that was shut down', () => {
  it('is in service again when it listens again, and can be shut down again', () =>
    timed(async (time) => {
      const server = createServer((_, response) => response.end('ok'))
      const keel = attach(server, { clock: time.clock })
      for (let round = 0; round < 2; round++) {
        server.listen(0, '127.0.0.1')
        await once(server, 'listening')
        assert.equal(keel.ready, true)
        const { port } = server.address() as AddressInfo
        const client = await RawClient.connect({ port })
        assertKept(await client.request('/'))
        assertKept(await client.request('/'))
        const report = shutdown(server, { within: 1_000 })
        assert.equal(keel.ready, false)
        assertMarked(await (await RawClient.connect({ port })).request('/'))
        const { connections, newcomers } = await time.settled(report)
        assert.deepEqual([connections, newcomers], [1, 1])
        assert.equal(server.listening, false)
      }
    }))

  it('rehearses again when it listens again, if it did before', () =>
    timed(async (time) => {
      const server = createServer((_, response) => response.end('ok'))
      const keel = attach(server, { clock: time.clock, maxRequestsPerConnection: 1, dryRun: true })
      for (let round = 0; round < 2; round++) {
        server.listen(0, '127.0.0.1')
        await once(server, 'listening')
        const { port } = server.address() as AddressInfo
        const client = await RawClient.connect({ port })
        assertKept(await client.request('/'))
        assert.equal(keel.limits.dryRun, true)
        await time.settled(shutdown(server, { within: 1_000 }))
      }
    }))
})
