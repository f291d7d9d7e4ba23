import { evenkeel } from '@evenkeel/koa'
import Koa from 'koa'
import { hello, limits, type Start } from './hello.js'
import { listening } from './listening.js'

/** Koa, the middleware first. */
export const start: Start = (kind) => {
  const app = new Koa()
  if (kind === 'nothing') app.use((_context, next) => next())
  if (kind === 'evenkeel') app.use(evenkeel(limits))
  app.use((context) => {
    context.body = hello
  })
  return listening(app.listen(0, '127.0.0.1'))
}
