import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { attach, shutdown } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import { assertKept, assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { timed } from './time.js'

describe('a server that was shut down', () => {
  it('is in service again when it listens again, and can be shut down again', () =>
    timed(async (time) => {
      const server = createServer((_, response) => response.end('ok'))
      const keel = attach(server, { clock: time.clock })
      for (let round = 0; round < 2; round++) {
        await listening(server, async ({ connect }) => {
          assert.equal(keel.ready, true)
          const client = await connect()
          assertKept(await client.request('/'))
          assertKept(await client.request('/'))
          const report = shutdown(server, { within: 1_000 })
          assert.equal(keel.ready, false)
          assertMarked(await (await connect()).request('/'))
          const { connections, newcomers } = await time.settled(report)
          assert.deepEqual([connections, newcomers], [1, 1])
          assert.equal(server.listening, false)
        })
      }
    }))

  it('rehearses again when it listens again, if it did before', () =>
    timed(async (time) => {
      const server = createServer((_, response) => response.end('ok'))
      const keel = attach(server, { clock: time.clock, maxRequestsPerConnection: 1, dryRun: true })
      for (let round = 0; round < 2; round++) {
        await listening(server, async ({ connect }) => {
          const client = await connect()
          assertKept(await client.request('/'))
          assert.equal(keel.limits.dryRun, true)
          await time.settled(shutdown(server, { within: 1_000 }))
        })
      }
    }))
})
