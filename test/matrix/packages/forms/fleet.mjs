import { createServer } from 'node:http'
import { createFleet, memoryStore } from '@evenkeel/fleet'
import { attach } from '@evenkeel/node'

const server = createServer((_request, response) => response.end(keel.snapshot().fleet.state))
const fleet = createFleet({ store: memoryStore() })
const keel = attach(server, { fleet, maxRequestsPerConnection: 200 })
server.listen(process.env.PORT)
