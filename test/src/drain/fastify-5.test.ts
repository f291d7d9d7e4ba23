import create from 'fastify'
import { fastify } from '../apps/fastify.js'
import { drain } from './suite.js'

drain(fastify('fastify 5', create))
