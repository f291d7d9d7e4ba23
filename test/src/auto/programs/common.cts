// CommonJS: nothing here is loaded by `import`.
const express = require('express') as typeof import('express')
const { rawAnswer } = require('../../apps/app.js') as typeof import('../../apps/app.js')
const { announce } = require('./announce.js') as typeof import('./announce.js')

const app = express()
app.get('/ok', (_request, response) => void response.send('ok'))
app.use('/raw', (request, response) => rawAnswer(request.originalUrl, response))
const server = app.listen(0, '127.0.0.1', () => announce(server))
