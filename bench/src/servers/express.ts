import { evenkeel } from '@evenkeel/express'
import express from 'express'
import { hello, limits, type Start } from './hello.js'
import { listening } from './listening.js'

/** Express, the middleware first. */
export const start: Start = (kind) => {
  const app = express()
  if (kind === 'nothing') app.use((_request, _response, next) => next())
  if (kind === 'evenkeel') app.use(evenkeel(limits))
  app.get('/', (_request, response) => {
    response.send(hello)
  })
  return listening(app.listen(0, '127.0.0.1'))
}
