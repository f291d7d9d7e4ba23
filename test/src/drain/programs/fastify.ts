import { evenkeel, probe, shutdown } from '@evenkeel/fastify'
import fastify from 'fastify'
import { conclude, follow, options } from './tell.js'

const app = fastify()
await app.register(evenkeel, { maxRequestsPerConnection: 200_000, quietGuard: 100 })
app.get('/ready', probe)
app.get('/ok', () => 'ok')
await app.listen({ port: 0, host: '127.0.0.1' })
follow(app.server)
await conclude(shutdown(app, options))
