import evenkeel from '@evenkeel/fastify'
import fastify from 'fastify'

const app = fastify()
app.register(evenkeel, { maxRequestsPerConnection: 200 })
app.get('/', () => 'hello')
app.listen({ port: process.env.PORT })
