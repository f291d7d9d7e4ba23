import type { Server } from 'node:http'
import { Readable } from 'node:stream'
import { describe } from 'node:test'
import { evenkeel } from '@evenkeel/fastify'
import compress from '@fastify/compress'
import createFastify, { type FastifyInstance } from 'fastify'
import { it } from '../wire/it.js'
import { assertThird, bodies, mounting, type Order, options, retireLast } from './wrapped.js'

async function serving(order: Order): Promise<Server> {
  const app = createFastify()
  const plugins = mounting<(app: FastifyInstance) => PromiseLike<unknown>>(
    order,
    (app) => app.register(evenkeel, options),
    (app) => app.register(compress, { threshold: 1_024 }),
  )
  for (const register of plugins) await register(app)
  app.addHook('preHandler', async ({ raw }) => retireLast(raw))
  app.get('/large', (_request, reply) => reply.type('text/plain').send(bodies['/large']))
  app.get('/small', (_request, reply) => reply.type('text/plain').send(bodies['/small']))
  app.get('/streamed', (_request, reply) =>
    reply.type('text/plain').send(Readable.from(Array.from({ length: 5 }, () => 'piece '.repeat(300)))),
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  app.server.once('close', () => void app.close())
  return app.server
}

describe('Fastify 5: the third of 3 responses is marked, whole and otherwise the same', () => {
  for (const path of ['/large', '/small', '/streamed', '/missing']) {
    it(`@fastify/compress, ${path}`, () => assertThird(serving, [path, '/large', path]))
  }
})
