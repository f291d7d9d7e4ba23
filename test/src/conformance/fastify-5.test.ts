import create from 'fastify'
import { fastify } from '../apps/fastify.js'
import { conformance } from './suite.js'

conformance(fastify('fastify 5', create))
