import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe } from 'node:test'
import { attach } from '@evenkeel/node'
import { RawClient } from '../raw-client.js'
import { it } from '../wire/it.js'
import { timed, until } from './time.js'

describe('a drain behind an event loop that stood still', () => {
  it('closes nobody within the quiet guard of a last response', () =>
    timed(async (time) => {
      let answer: (() => void) | undefined
      const server = createServer((_, response) => {
        answer = () => response.end('ok')
      })
      const keel = attach(server, { clock: time.clock, quietGuard: 500 })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const client = await RawClient.connect({ port: (server.address() as AddressInfo).port })
      try {
        const response = client.request('/')
        await until(() => answer !== undefined)
        // No timer runs meanwhile.
        time.clock.advance(4_000)
        answer?.()
        await response
        await until(() => keel.snapshot().connections.idle === 1)
        // The sweep's comes first.
        await time.pass(50)
        const drained = keel.drain({ within: 100, quiet: 50 })
        await time.pass(400)
        assert.equal(keel.snapshot().connections.idle, 1)
        const { closedIdle } = await time.settled(drained)
        assert.equal(closedIdle, 1)
      } finally {
        client.close()
        server.close()
      }
    }))
})
