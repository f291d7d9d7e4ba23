import assert from 'node:assert/strict'
import dns from 'node:dns'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, mock } from 'node:test'
import { shutdown } from '@evenkeel/fastify'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { FastifyInstance } from 'fastify'
import { isMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { create, useUntilMarked, within } from './fastify-serving.js'
import { type Time, timed } from './time.js'

const hosts = ['127.0.0.1', '127.0.0.2']

describe('shutdown of a Fastify instance that listens on both addresses of localhost', () => {
  beforeEach(() => {
    const { lookup } = dns
    const twofold = (
      host: string,
      options: dns.LookupOptions,
      done: (...result: unknown[]) => void,
    ): void => {
      const addresses = hosts.map((address) => ({ address, family: 4 }))
      if (host === 'localhost' && options.all) done(null, addresses)
      else lookup(host, options, done)
    }
    mock.method(dns, 'lookup', twofold)
  })
  afterEach(() => mock.restoreAll())

  it('is not ready on either, and drains the connections of both', () =>
    timed(async (time) => {
      const { app, clients } = await listening(time)
      try {
        for (const client of clients) assert.equal((await client.request('/ready')).status, 200)
        const report = shutdown(app, { within })
        for (const client of clients) {
          const response = await client.request('/ready')
          assert.equal(response.status, 503)
          if (isMarked(response)) clients.delete(client)
        }
        await useUntilMarked(clients, time)
        const { connections, closedPolitely } = await time.settled(report)
        assert.deepEqual([connections, closedPolitely], [2, 2])
      } finally {
        for (const client of clients) client.close()
        await app.close()
      }
    }))
})

/** Fastify goes on without its second server where another process has the port on that address. */
async function listening(
  time: Time,
): Promise<{ readonly app: FastifyInstance; readonly clients: Set<RawClient> }> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const app = await create(time)
    await app.listen({ port: 0, host: 'localhost' })
    const { port } = app.server.address() as AddressInfo
    const clients = await Promise.allSettled(hosts.map((host) => RawClient.connect({ port, host })))
    const open = clients.flatMap((client) => (client.status === 'fulfilled' ? [client.value] : []))
    if (open.length === hosts.length) return { app, clients: new Set(open) }
    for (const client of open) client.close()
    await app.close()
  }
  throw new Error('the second address was never reachable')
}
