import create from 'fastify'
import { fastify } from '../apps/fastify.js'
import { wire } from './suite.js'

wire(fastify('fastify 5', create))
