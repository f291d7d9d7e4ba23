import { createServer } from 'node:http'
import { evenkeel } from '@evenkeel/koa'
import type Koa from 'koa'
import { type App, answer, bodyOf, rawAnswer, run } from './app.js'

/** A Koa application, of the version given. */
export function koa(name: string, Application: typeof Koa): App {
  return {
    name,
    listen(settings) {
      const { options, mounts = 1, waiting } = settings
      const app = new Application()
      app.silent = true
      const keel = evenkeel(options)
      for (let mount = 0; mount < mounts; mount++) app.use(mount === 0 ? keel : evenkeel(options))
      app.use(async (context) => {
        const { path } = context
        if (path === '/ok') context.body = 'ok'
        else if (path === '/wait') {
          await new Promise<void>((answer) => waiting?.(answer))
          context.body = 'ok'
        } else if (path === '/empty') context.status = 204
        else if (path === '/not-modified') context.status = 304
        else if (path === '/throw') throw new Error('thrown on purpose')
        else if (path === '/echo') context.body = await bodyOf(context.req)
        else if (path.startsWith('/raw/')) {
          context.respond = false
          rawAnswer(path, context.res)
        } else if (path.startsWith('/answer/')) {
          context.body = await new Promise<string>((send) => answer(settings, context.req, path, send))
        } else if (path.startsWith('/own/')) {
          context.respond = false
          settings.own?.(context.req, context.res)
        }
      })
      return run(createServer(app.callback()), settings, () => keel.keel)
    },
  }
}
