import { evenkeel, probe, shutdown } from '@evenkeel/koa'
import Koa from 'koa'
import { conclude, follow, options } from './tell.js'

const app = new Koa()
app.use(evenkeel({ maxRequestsPerConnection: 200_000, quietGuard: 100 }))
app.use((context, next) => {
  if (context.path === '/ready') return probe(context, next)
  context.body = 'ok'
})
const server = app.listen(0, '127.0.0.1')
follow(server)
await conclude(shutdown(server, options))
