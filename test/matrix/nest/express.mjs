import 'reflect-metadata'
import { evenkeel } from '@evenkeel/express'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.mjs'

const app = await NestFactory.create(AppModule)
app.use(evenkeel({ maxRequestsPerConnection: 200 }))
await app.listen(process.env.PORT ?? 3000)
