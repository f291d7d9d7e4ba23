import assert from 'node:assert/strict'
import { evenkeel } from '@evenkeel/express'
import express from 'express'
import { connectionsOf } from '../served.js'

it('the second response is the last', async () => {
  const app = express()
  app.use(evenkeel({ maxRequestsPerConnection: 2, jitter: 0 }))
  app.get('/', (_request, response) => response.send('hello'))
  assert.deepEqual(await connectionsOf(app), ['keep-alive', 'close'])
})
