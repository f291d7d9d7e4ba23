import { createServer } from 'node:http'
import { evenkeel } from '@evenkeel/koa'
import type Koa from 'koa'
import { type App, bodyOf, rawAnswer, run } from './app.js'

/** A Koa application, of the version given. */
export function koa(name: string, Application: typeof Koa): App {
  return {
    name,
    listen({ options, mounts = 1, waiting }) {
      const app = new Application()
      app.silent = true
      const keel = evenkeel(options)
      app.use(keel)
      for (let mount = 1; mount < mounts; mount++) app.use(evenkeel(options))
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
        }
      })
      return run(createServer(app.callback()), () => {
        if (keel.keel === undefined) throw new Error('the middleware has met no server yet')
        return keel.keel
      })
    },
  }
}
