import { attach, evenkeel as onExpress, probe as onExpressProbe } from '@evenkeel/express'
import { evenkeel as onKoa, probe as onKoaProbe } from '@evenkeel/koa'
import express from 'express'
import Koa from 'koa'

const application = express()
application.use(onExpress({ maxRequestsPerConnection: 200 }))
application.get('/ready', onExpressProbe)

const koa = new Koa()
koa.use(onKoa({ maxRequestsPerConnection: 200 }))
koa.use(onKoaProbe)

const server = application.listen(0, () => server.close())
console.log(attach(server).snapshot().connections.total)
