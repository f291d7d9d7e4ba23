import { evenkeel } from '@evenkeel/express'
import express from 'express'

const app = express()

app.use(evenkeel({ maxRequestsPerConnection: 200 }))

app.get('/', (_request, response) => {
  response.json({ hello: 'world' })
})

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`)
})
