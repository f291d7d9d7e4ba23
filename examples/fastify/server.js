import { evenkeel } from '@evenkeel/fastify'
import fastify from 'fastify'

const app = fastify()

await app.register(evenkeel, { maxRequestsPerConnection: 200 })

app.get('/', () => ({ hello: 'world' }))

console.log(await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' }))
