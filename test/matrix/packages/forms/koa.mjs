import { evenkeel } from '@evenkeel/koa'
import Koa from 'koa'

const app = new Koa()
app.use(evenkeel({ maxRequestsPerConnection: 200 }))
app.use((context) => {
  context.body = 'hello'
})
app.listen(process.env.PORT)
