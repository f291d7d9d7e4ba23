import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import httpProxy from 'http-proxy'
import { it } from '../wire/it.js'
import { chained, copies, echoes, type MakeProxy, marks } from './proxied.js'

function proxy(keepsAlive: boolean): MakeProxy {
  return async (target, agent) => {
    const made = httpProxy.createProxyServer(keepsAlive ? { target, agent } : { target })
    made.on('error', (error) => assert.fail(error))
    const server = createServer((request, response) => made.web(request, response))
    server.on('upgrade', (request, socket, head) => made.ws(request, socket, head))
    return { server, close: () => made.close() }
  }
}

describe('http-proxy', () => {
  for (const [what, limits, expected] of copies) {
    it(`with an agent that keeps connections, ${what}: 6 POSTs are answered`, () =>
      chained(proxy(true), limits, async (chain) => assert.deepEqual(await marks(chain, 6), expected)))
  }

  it('without an agent asks its backend to close, and passes that on, with limits of 3 as without', () =>
    chained(proxy(false), { front: 3, backend: 3 }, async (chain) => {
      assert.deepEqual(await marks(chain, 4), Array(4).fill('close'))
      const { front, backend } = chain.keels
      assert.equal(front?.snapshot().totals.retired['max-requests'], 0)
      assert.equal(backend?.snapshot().totals.retired['max-requests'], 0)
    }))

  for (const limits of [{}, { front: 1, backend: 1 }]) {
    it(`passes an upgrade through, ${limits.front === undefined ? 'bare' : 'both with a limit of 1'}`, () =>
      chained(proxy(false), limits, echoes))
  }
})
