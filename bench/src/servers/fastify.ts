import { evenkeel } from '@evenkeel/fastify'
import { fastify } from 'fastify'
import { hello, limits, type Start } from './hello.js'

/** Fastify with its plugin. */
export const start: Start = async (kind) => {
  const app = fastify()
  if (kind === 'evenkeel') await app.register(evenkeel, limits)
  app.get('/', (_request, reply) => {
    reply.send(hello)
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return app.server
}
