import { createServer } from 'node:http'
import { createCounter, type Reason } from '@evenkeel/core'
import { evenkeel as onExpress, probe as onExpressProbe } from '@evenkeel/express'
import { evenkeel as onFastify, probe as onFastifyProbe } from '@evenkeel/fastify'
import { createFleet, memoryStore, type Store } from '@evenkeel/fleet'
import { inspector } from '@evenkeel/inspector'
import { evenkeel as onKoa, probe as onKoaProbe } from '@evenkeel/koa'
import { attach, idleTimeoutBehind, type Keel, OptionError, type ServerOptions } from '@evenkeel/node'
import '@evenkeel/node/auto'
import { collect } from '@evenkeel/prometheus'
import { instrument } from '@evenkeel/prometheus/opentelemetry'
import express from 'express'
import fastify from 'fastify'
import Koa from 'koa'

const store: Store = memoryStore()
const options: ServerOptions = {
  maxRequestsPerConnection: 200,
  idleTimeout: idleTimeoutBehind('aws-alb'),
  exempt: (request) => request.url === '/healthz',
  fleet: createFleet({ store }),
}

const onEach = onExpress(options)
const application = express()
application.use(onEach)
application.get('/ready', onExpressProbe)

const koa = new Koa()
koa.use(onKoa(options))
koa.use(onKoaProbe)

const instance = fastify()
instance.register(onFastify, { maxRequestsPerConnection: 200 })
instance.get('/ready', onFastifyProbe)
instance.get('/keel', () => instance.evenkeel.snapshot())

const keel: Keel = attach(createServer(application), options)
keel.on('retire', ({ reason }) => console.log(reason satisfies Reason))
const page = inspector(keel)
createServer(page)
const registers = [collect(keel), collect(onEach.keels)]
instrument(keel)

const counter = createCounter({ maxRequestsPerConnection: 200, clock: performance, random: Math.random })
const last: Reason | undefined = counter.hit('192.0.2.1:40000')

try {
  attach(createServer(), { jitter: 2 })
} catch (error) {
  if (!(error instanceof OptionError)) throw error
  console.log(error.code, last, registers.length)
}
