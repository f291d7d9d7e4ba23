import assert from 'node:assert/strict'
import { describe } from 'node:test'
import httpProxy from '@fastify/http-proxy'
import createFastify from 'fastify'
import { it } from '../wire/it.js'
import { chained, copies, echoes, type MakeProxy, marks } from './proxied.js'

const proxy: MakeProxy = async (upstream) => {
  const app = createFastify()
  await app.register(httpProxy, { upstream, websocket: true })
  await app.ready()
  return { server: app.server, close: () => void app.close() }
}

describe('@fastify/http-proxy', () => {
  for (const [what, limits, expected] of copies) {
    it(`${what}: 6 POSTs are answered`, () =>
      chained(proxy, limits, async (chain) => assert.deepEqual(await marks(chain, 6), expected)))
  }

  for (const limits of [{}, { front: 1, backend: 1 }]) {
    it(`passes an upgrade through, ${limits.front === undefined ? 'bare' : 'both with a limit of 1'}`, () =>
      chained(proxy, limits, echoes))
  }
})
