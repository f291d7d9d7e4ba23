import { evenkeel, shutdown } from '@evenkeel/koa'
import Koa from 'koa'
import { conclude, follow, options } from './tell.js'

const app = new Koa()
const middleware = evenkeel({ maxRequestsPerConnection: 200_000, quietGuard: 100 })
app.use(middleware)
app.use((context) => {
  if (context.path === '/ready') context.status = middleware.keel?.ready ? 200 : 503
  else context.body = 'ok'
})
const server = app.listen(0, '127.0.0.1')
follow(server)
await conclude(shutdown(server, options))
