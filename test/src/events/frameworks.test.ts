import createExpress from 'express'
import createExpress4 from 'express4'
import createFastify from 'fastify'
import Koa from 'koa'
import Koa2 from 'koa2'
import { express } from '../apps/express.js'
import { fastify } from '../apps/fastify.js'
import { koa } from '../apps/koa.js'
import { events } from './suite.js'

events(express('express 4', createExpress4))
events(express('express 5', createExpress))
events(koa('koa 2', Koa2))
events(koa('koa 3', Koa))
events(fastify('fastify 5', createFastify))
