import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { attach } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
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
      await listening(server, async ({ connect }) => {
        const client = await connect()
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
      })
    }))
})
