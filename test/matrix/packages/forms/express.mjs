import { evenkeel } from '@evenkeel/express'
import express from 'express'

const app = express()
app.use(evenkeel({ maxRequestsPerConnection: 200 }))
app.get('/', (_request, response) => response.send('hello'))
app.listen(process.env.PORT)
