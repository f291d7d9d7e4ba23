import { evenkeel } from '@evenkeel/express'
import express from 'express'
import { expect, test } from 'vitest'
import { connectionsOf } from '../served.js'

test('the second response is the last', async () => {
  const app = express()
  app.use(evenkeel({ maxRequestsPerConnection: 2, jitter: 0 }))
  app.get('/', (_request, response) => response.send('hello'))
  expect(await connectionsOf(app)).toEqual(['keep-alive', 'close'])
})
