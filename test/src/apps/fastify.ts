import type { AddressInfo } from 'node:net'
import { evenkeel } from '@evenkeel/fastify'
import type createFastify from 'fastify'
import { type App, rawAnswer, ready } from './app.js'

/** A Fastify application, of the version given. */
export function fastify(name: string, create: typeof createFastify): App {
  return {
    name,
    async listen(settings) {
      const { options, mounts = 1, waiting, answering = () => '' } = settings
      const app = create({ forceCloseConnections: true })
      for (let mount = 0; mount < mounts; mount++) await app.register(evenkeel, options)
      app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
      app.get('/ok', () => 'ok')
      app.get('/wait', () => new Promise<string>((answer) => waiting?.(() => answer('ok'))))
      app.get('/empty', (_request, reply) => reply.code(204).send())
      app.get('/not-modified', (_request, reply) => reply.code(304).send())
      app.get('/throw', () => {
        throw new Error('thrown on purpose')
      })
      app.post('/echo', (request) => request.body)
      app.get('/raw/*', (request, reply) => {
        reply.hijack()
        rawAnswer(request.url, reply.raw)
      })
      app.route({
        method: ['GET', 'POST'],
        url: '/answer/*',
        handler: ({ url, body }) => answering(url, String(body ?? '')),
      })
      app.all('/own/*', {
        // Before Fastify reads the body.
        onRequest: (request, reply) => {
          reply.hijack()
          settings.own?.(request.raw, reply.raw)
        },
        handler: () => {},
      })
      const attached = ready(app.server, settings)
      await app.listen({ port: 0, host: '127.0.0.1' })
      return {
        server: app.server,
        port: (app.server.address() as AddressInfo).port,
        keel: attached ?? app.evenkeel,
        close: () => app.close(),
      }
    },
  }
}
