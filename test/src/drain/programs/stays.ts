import { createServer } from 'node:http'
import { probe, shutdown } from '@evenkeel/node'
import { conclude, follow, options, tell } from './tell.js'

const server = createServer(probe).listen(0, '127.0.0.1')
follow(server)
await conclude(shutdown(server, options))
// It has something else to do.
setInterval(() => tell({ alive: true }), 50)
