import { evenkeel } from '@evenkeel/express'
import express from 'express'
import { hello, limits, type Start } from './hello.js'
import { listening } from './listening.js'

/** Express, the middleware first. */
export const start: Start = (withEvenKeel) => {
  const app = express()
  if (withEvenKeel) app.use(evenkeel(limits))
  app.get('/', (_request, response) => {
    response.send(hello)
  })
  return listening(app.listen(0, '127.0.0.1'))
}
