import { evenkeel } from '@evenkeel/express'
import express from 'express'
import { announce } from './announce.js'

const app = express()
app.use(evenkeel({ maxRequestsPerConnection: 2, jitter: 0 }))
app.get('/ok', (_request, response) => void response.send('ok'))
const server = app.listen(0, '127.0.0.1', () => announce(server))
