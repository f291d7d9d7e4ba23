import Koa from 'koa'
import { bodyOf, rawAnswer } from '../../apps/app.js'
import { announce } from './announce.js'

const app = new Koa()
app.use(async (context) => {
  const { path } = context
  if (path === '/ok') context.body = 'ok'
  else if (path === '/echo') context.body = await bodyOf(context.req)
  else if (path === '/empty') context.status = 204
  else if (path === '/not-modified') context.status = 304
  else if (path === '/throw') throw new Error('thrown on purpose')
  else if (path.startsWith('/raw/')) {
    context.respond = false
    rawAnswer(path, context.res)
  }
})
const server = app.listen(0, '127.0.0.1', () => announce(server))
