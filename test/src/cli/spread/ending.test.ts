import assert from 'node:assert/strict'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { describe, it } from 'node:test'
import { evenkeel } from '../evenkeel.js'
import { behindForwarder } from './behind-forwarder.js'
import type { Result } from './expected.js'
import { named } from './servers.js'

const few = ['--json', '--connections', '30', '--requests', '5']

describe('servers that end connections', () => {
  it('after each of 30 answers leave the layer open, and the order is told', async () => {
    await behindForwarder(closingAfter(1), async ({ url }) => {
      const ran = await evenkeel('spread', url, ...few)
      const result = ran.json<Result>()
      assert.deepEqual([result.reach, result.ended, result.choice?.choice], ['unknown', 30, 'in-turn'])
      assert.deepEqual(result.budget.sent, { connections: 30, requests: 30 })
      assert.equal(ran.code, 1)
    })
  })

  it('after 4 answers let load move: layer 4, and nothing bad', async () => {
    await behindForwarder(closingAfter(4), async ({ url }) => {
      const ran = await evenkeel('spread', url, ...few)
      const result = ran.json<Result>()
      assert.equal(result.reach, 'one')
      assert.ok(result.ended > 0)
      assert.equal(ran.code, 0, ran.stdout)
    })
  })

  it('without a word, after 4 answers, cost no verdict', async () => {
    const answered = new WeakMap<object, number>()
    const cutting = (server: string) => (request: IncomingMessage, response: ServerResponse) => {
      const count = (answered.get(request.socket) ?? 0) + 1
      answered.set(request.socket, count)
      if (count > 4) request.socket.destroy()
      else named(server)(request, response)
    }
    await behindForwarder(cutting, async ({ url }) => {
      const ran = await evenkeel('spread', url, ...few)
      const result = ran.json<Result & { readonly failures: object }>()
      assert.deepEqual([result.reach, result.servers.length], ['one', 2])
      assert.deepEqual(result.failures, {})
    })
  })
})

function closingAfter(limit: number): (server: string) => RequestListener {
  const answered = new WeakMap<object, number>()
  return (server) => (request, response) => {
    const count = (answered.get(request.socket) ?? 0) + 1
    answered.set(request.socket, count)
    if (count >= limit) response.setHeader('connection', 'close')
    named(server)(request, response)
  }
}
