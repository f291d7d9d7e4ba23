import { evenkeel, type ServerOptions } from '@evenkeel/express'
import express from 'express'
import { connectionsOf } from '../served'

test('the second response is the last', async () => {
  const options: ServerOptions = { maxRequestsPerConnection: 2, jitter: 0 }
  const app = express()
  app.use(evenkeel(options))
  app.get('/', (_request, response) => {
    response.send('hello')
  })
  expect(await connectionsOf(app)).toEqual(['keep-alive', 'close'])
})
