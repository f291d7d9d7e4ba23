import create from 'fastify'
import { fastify } from '../apps/fastify.js'
import { pressure } from './suite.js'

pressure(fastify('fastify 5', create))
