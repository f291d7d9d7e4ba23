import { evenkeel, probe, shutdown } from '@evenkeel/express'
import express from 'express'
import { conclude, follow, options } from './tell.js'

const app = express()
app.use(evenkeel({ maxRequestsPerConnection: 200_000, quietGuard: 100 }))
app.get('/ready', probe)
app.get('/ok', (_, response) => {
  response.send('ok')
})
const server = app.listen(0, '127.0.0.1')
follow(server)
await conclude(shutdown(server, options))
