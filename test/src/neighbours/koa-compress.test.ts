import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { describe } from 'node:test'
import { evenkeel } from '@evenkeel/koa'
import Koa, { type Middleware } from 'koa'
import compress from 'koa-compress'
import Koa2 from 'koa2'
import { it } from '../wire/it.js'
import { assertThird, bodies, mounting, type Order, options, retireLast } from './wrapped.js'

function application(Application: typeof Koa, order: Order): Koa {
  const app = new Application()
  for (const middleware of mounting<Middleware>(order, evenkeel(options), compress())) app.use(middleware)
  app.use((context) => {
    retireLast(context.req)
    if (context.path === '/streamed') {
      context.type = 'text/plain'
      context.body = Readable.from(Array.from({ length: 5 }, () => 'piece '.repeat(300)))
    } else context.body = bodies[context.path]
  })
  return app
}

for (const [name, Application] of [
  ['Koa 3', Koa],
  ['Koa 2', Koa2],
] as const) {
  describe(`${name}: the third of 3 responses is marked, whole and otherwise the same`, () => {
    for (const path of ['/large', '/small', '/streamed', '/missing']) {
      it(`koa-compress, ${path}`, () =>
        assertThird(
          (order) => createServer(application(Application, order).callback()),
          [path, '/large', path],
        ))
    }
  })
}
