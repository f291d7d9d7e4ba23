import { ExpressAdapter } from '@nestjs/platform-express'
import { listen } from './nest.js'

await listen(new ExpressAdapter())
