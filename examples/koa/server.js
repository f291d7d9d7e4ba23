import { evenkeel } from '@evenkeel/koa'
import Koa from 'koa'

const app = new Koa()

app.use(evenkeel({ maxRequestsPerConnection: 200 }))

app.use((context) => {
  context.body = { hello: 'world' }
})

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`)
})
