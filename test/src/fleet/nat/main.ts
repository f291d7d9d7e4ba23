// A scale-out under load, by --fleet redis or none behind the kernel's balancer, in a network of its own:
//   unshare --net node test/dist/fleet/nat/main.js --fleet redis --pool 1
// and by --fleet cluster in a cluster, which needs none. Its last line is the outcome.

import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { RedisServer } from '../redis/redis-server.js'
import { play } from './experiment.js'
import { setUp } from './network.js'
import { Programs, Workers } from './servers.js'

const { values } = parseArgs({
  options: {
    fleet: { type: 'string', default: 'redis' },
    limit: { type: 'string' },
    pool: { type: 'string', default: '1' },
    clients: { type: 'string', default: '64' },
    rate: { type: 'string', default: '3500' },
    from: { type: 'string', default: '2' },
    to: { type: 'string', default: '4' },
    at: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    until: { type: 'string', default: 'the end' },
  },
})
const { fleet, limit, until, ...plan } = values
const isCluster = fleet === 'cluster'
if (!isCluster) setUp()
const port = '6390'
const redis = fleet === 'redis' ? await RedisServer.start('--port', port) : undefined
const addresses: Readonly<Record<string, string>> = { redis: `redis://127.0.0.1:${port}`, cluster: 'cluster' }
const address = addresses[fleet]
const variables = {
  ...(address === undefined ? {} : { EVENKEEL_FLEET: address }),
  ...(limit === undefined ? {} : { EVENKEEL_MAX_REQUESTS_PER_CONNECTION: limit }),
}
const servers = isCluster ? new Workers(variables) : new Programs(variables)
const number = (name: keyof typeof plan): number => Number(plan[name])
const outcome = await play(
  {
    ...{ clients: number('clients'), rate: number('rate'), pool: number('pool'), seed: number('seed') },
    ...{ from: number('from'), to: number('to'), at: number('at'), seconds: number('seconds') },
    untilEven: until === 'even',
  },
  servers,
  ({ second, served, hottest, opened, states }) =>
    console.log(second, served.join(' '), hottest.toFixed(2), `opened ${opened}`, states.join(', ')),
)
await redis?.end()
console.log(JSON.stringify({ ...outcome, load: loadavg()[0] }))
