import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { evenkeel } from '@evenkeel/express'
import compression from 'compression'
import express, { type RequestHandler } from 'express'
import express4 from 'express4'
import helmet from 'helmet'
import morgan from 'morgan'
import onHeaders from 'on-headers'
import { it } from '../wire/it.js'
import { assertThird, bodies, mounting, type Order, options, retireLast } from './wrapped.js'

const packages: Readonly<Record<string, () => RequestHandler>> = {
  compression: () => compression(),
  helmet: () => helmet(),
  'on-headers': () => (_request, response, next) => {
    onHeaders(response, () => {
      response.setHeader('X-Late', 'yes')
      response.removeHeader('X-Powered-By')
    })
    next()
  },
  'on-headers with a Connection of its own': () => (_request, response, next) => {
    onHeaders(response, () => void response.setHeader('Connection', 'keep-alive'))
    next()
  },
}

/** A path is answered with its body, in one piece; below `/streamed` in many, each of which is flushed. */
function application(create: typeof express, handlers: readonly RequestHandler[]): express.Express {
  const app = create()
  for (const handler of handlers) app.use(handler)
  app.use((request, _response, next) => {
    retireLast(request)
    next()
  })
  app.get(['/large', '/small'], ({ path }, response) => void response.type('text/plain').send(bodies[path]))
  app.get('/streamed', async (_request, response) => {
    response.type('text/plain')
    for (let piece = 0; piece < 5; piece++) {
      response.write('piece '.repeat(300))
      response.flush?.()
      await new Promise(setImmediate)
    }
    response.end()
  })
  return app
}

for (const [name, create] of [
  ['Express 5', express],
  ['Express 4', express4],
] as const) {
  describe(`${name}: the third of 3 responses is marked, whole and otherwise the same`, () => {
    for (const [what, middleware] of Object.entries(packages)) {
      for (const path of ['/large', '/small', '/streamed', '/missing']) {
        it(`${what}, ${path}`, () =>
          assertThird(
            (order) =>
              createServer(
                application(create, mounting<RequestHandler>(order, evenkeel(options), middleware())),
              ),
            [path, '/large', path],
            what.endsWith('of its own') ? ['attached', 'in front', 'behind'] : undefined,
          ))
      }
    }

    it('morgan logs the same lines but for the mark', async () => {
      const logs = new Map<Order, string[]>()
      await assertThird(
        (order) => {
          const lines: string[] = []
          logs.set(order, lines)
          const format = ':method :url :status :res[content-length] :res[connection]'
          const stream = { write: (line: string) => void lines.push(line.trim()) }
          const logger = morgan(format, { stream }) as RequestHandler
          return createServer(application(create, mounting<RequestHandler>(order, evenkeel(options), logger)))
        },
        ['/large', '/missing', '/small'],
      )
      const [first, second, third = ''] = logs.get('bare') ?? []
      assert.equal(third, 'GET /small 200 2 -')
      for (const order of ['attached', 'in front', 'behind', 'retired by hand'] as const)
        assert.deepEqual(logs.get(order), [first, second, 'GET /small 200 2 close'], order)
    })
  })
}
