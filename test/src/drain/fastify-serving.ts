import assert from 'node:assert/strict'
import { evenkeel, probe } from '@evenkeel/fastify'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import fastify, { type FastifyInstance } from 'fastify'
import { isMarked } from '../serving.js'
import type { Time } from './time.js'

export const within = 10_000

export interface Options {
  readonly return503OnClosing?: boolean
}

/** An instance with Even Keel; its server emits `hook` when its onClose hooks run. */
export async function create(time: Time, options: Options = {}): Promise<FastifyInstance> {
  const app = fastify(options)
  await app.register(evenkeel, { clock: time.clock, idleTimeout: 600_000, maxConnectionAge: Infinity })
  app.addHook('onClose', async () => {
    app.server.emit('hook')
  })
  app.get('/', () => 'ok')
  app.get('/ready', probe)
  return app
}

/** Sends a request on each connection every 250 ms until all are marked; when each was, and what it was told. */
export async function useUntilMarked(clients: Set<RawClient>, time: Time): Promise<[number, number][]> {
  const marks: [number, number][] = []
  for (let now = 0; clients.size > 0; now += 250) {
    for (const client of clients) {
      const response = await client.request('/')
      if (!isMarked(response)) continue
      assert.equal(await client.ended, 'fin')
      clients.delete(client)
      marks.push([now, response.status])
    }
    await time.pass(250)
  }
  return marks
}
