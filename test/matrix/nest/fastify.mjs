import 'reflect-metadata'
import { evenkeel } from '@evenkeel/fastify'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { AppModule } from './app.mjs'

const app = await NestFactory.create(AppModule, new FastifyAdapter())
await app.register(evenkeel, { maxRequestsPerConnection: 200 })
await app.listen(process.env.PORT ?? 3000)
