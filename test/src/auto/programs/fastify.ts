import fastify from 'fastify'
import { rawAnswer } from '../../apps/app.js'
import { announce } from './announce.js'

const app = fastify()
app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
app.get('/ok', () => 'ok')
app.post('/echo', (request) => request.body)
app.get('/empty', (_request, reply) => reply.code(204).send())
app.get('/not-modified', (_request, reply) => reply.code(304).send())
app.get('/throw', () => {
  throw new Error('thrown on purpose')
})
app.get('/raw/*', (request, reply) => {
  reply.hijack()
  rawAnswer(request.url, reply.raw)
})
await app.listen({ port: 0, host: '127.0.0.1' })
announce(app.server)
