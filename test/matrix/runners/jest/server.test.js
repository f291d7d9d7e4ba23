const { evenkeel } = require('@evenkeel/express')
const express = require('express')
const { connectionsOf } = require('../served')

test('the second response is the last', async () => {
  const app = express()
  app.use(evenkeel({ maxRequestsPerConnection: 2, jitter: 0 }))
  app.get('/', (_request, response) => response.send('hello'))
  expect(await connectionsOf(app)).toEqual(['keep-alive', 'close'])
})
