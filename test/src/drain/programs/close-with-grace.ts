import { evenkeel, probe, shutdown } from '@evenkeel/express'
import closeWithGrace from 'close-with-grace'
import express from 'express'
import { conclude, follow, options } from './tell.js'

const app = express()
app.use(evenkeel({ quietGuard: 100 }))
app.get('/ready', probe)
app.get('/ok', (_, response) => {
  response.send('ok')
})
const server = app.listen(0, '127.0.0.1')
follow(server)
closeWithGrace({ delay: 30_000 }, () => conclude(shutdown(server, options)))
