import { attach } from '@evenkeel/node'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono()
app.get('/', (context) => context.text('hello'))

const server = serve({ fetch: app.fetch, port: process.env.PORT })
attach(server, { maxRequestsPerConnection: 200 })
