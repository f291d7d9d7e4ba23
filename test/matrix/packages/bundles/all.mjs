import { evenkeel } from '@evenkeel/express'
import { createFleet, memoryStore } from '@evenkeel/fleet'
import { inspector } from '@evenkeel/inspector'
import { collect } from '@evenkeel/prometheus'
import express from 'express'

const keel = evenkeel({ maxRequestsPerConnection: 200, fleet: createFleet({ store: memoryStore() }) })
const register = collect(keel.keels)

const app = express()
app.use(keel)
app.use(
  '/inspector',
  inspector(() => keel.keel),
)
app.get('/metrics', async (_request, response) => response.send(await register.metrics()))
app.get('/', (_request, response) => response.send('hello'))
app.listen(process.env.PORT)
