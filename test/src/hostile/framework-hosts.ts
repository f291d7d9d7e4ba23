import { createServer, type RequestListener } from 'node:http'
import { evenkeel as forExpress } from '@evenkeel/express'
import { evenkeel as forFastify } from '@evenkeel/fastify'
import { evenkeel as forKoa } from '@evenkeel/koa'
import type { ServerOptions } from '@evenkeel/node'
import express from 'express'
import fastify from 'fastify'
import Koa from 'koa'
import type { Host } from './hosts.js'

/** A server of node:http with a framework behind it, which hands every request on behind the middleware. */
function framework(
  name: string,
  create: (listener: RequestListener, options: ServerOptions) => ReturnType<Host['create']>,
): Host {
  return {
    name,
    secure: false,
    protocols: ['http1'],
    create: (listener, _timeouts, options) => create(listener, options),
  }
}

export const frameworkHosts: readonly Host[] = [
  framework('Express 5', (listener) =>
    createServer(
      express()
        .use(forExpress())
        .use((request, response) => listener(request, response)),
    ),
  ),
  framework('Koa 3', (listener) => {
    const app = new Koa()
    app.silent = true
    app.use(forKoa())
    app.use((context) => {
      context.respond = false
      context.res.statusCode = 200
      listener(context.req, context.res)
    })
    return createServer(app.callback())
  }),
  framework('Fastify 5', async (listener, options) => {
    const app = fastify()
    await app.register(forFastify, options)
    app.addHook('onRequest', (request, reply) => {
      reply.hijack()
      listener(request.raw, reply.raw)
    })
    app.all('*', () => {})
    await app.ready()
    return app.server
  }),
]
