import { FastifyAdapter } from '@nestjs/platform-fastify'
import { listen } from './nest.js'

await listen(new FastifyAdapter())
