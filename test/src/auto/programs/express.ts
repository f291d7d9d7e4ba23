import express from 'express'
import { bodyOf, rawAnswer } from '../../apps/app.js'
import { announce } from './announce.js'

const app = express()
app.get('/ok', (_request, response) => void response.send('ok'))
app.post('/echo', async (request, response) => void response.send(await bodyOf(request)))
app.get('/empty', (_request, response) => void response.status(204).end())
app.get('/not-modified', (_request, response) => void response.status(304).end())
app.get('/throw', () => {
  throw new Error('thrown on purpose')
})
app.use('/raw', (request, response) => rawAnswer(request.originalUrl, response))
const server = app.listen(0, '127.0.0.1', () => announce(server))
