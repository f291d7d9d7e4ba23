import { createServer } from 'node:http'
import { evenkeel } from '@evenkeel/express'
import type createExpress from 'express'
import { type App, answer, bodyOf, rawAnswer, run } from './app.js'

/** An Express application, of the version given. */
export function express(name: string, create: typeof createExpress): App {
  return {
    name,
    listen(settings) {
      const { options, mounts = 1, waiting } = settings
      const app = create()
      const keel = evenkeel(options)
      for (let mount = 0; mount < mounts; mount++) app.use(mount === 0 ? keel : evenkeel(options))
      app.get('/ok', (_request, response) => void response.send('ok'))
      app.get('/wait', (_request, response) => waiting?.(() => response.send('ok')))
      app.get('/empty', (_request, response) => void response.status(204).end())
      app.get('/not-modified', (_request, response) => void response.status(304).end())
      app.get('/throw', () => {
        throw Object.assign(new Error('thrown on purpose'), { status: 500, expose: false })
      })
      app.post('/echo', async (request, response) => void response.send(await bodyOf(request)))
      app.use('/raw', (request, response) => rawAnswer(request.originalUrl, response))
      app.use('/answer', (request, response) =>
        answer(settings, request, request.originalUrl, (text) => response.send(text)),
      )
      app.use('/own', (request, response) => settings.own?.(request, response))
      app.set('env', 'test')
      return run(createServer(app), settings, () => keel.keel)
    },
  }
}
