// A scale-out behind the kernel's balancer, in a network of its own:
//   unshare --net node test/dist/fleet/nat/main.js --fleet redis --pool 1
import { parseArgs } from 'node:util'
import { play, type Second } from './experiment.js'
import { RedisServer } from './redis-server.js'

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
  },
})
const number = (text: string): number => Number(text)
const redis = values.fleet === 'redis' ? await RedisServer.start() : undefined
const variables = {
  ...(redis === undefined ? {} : { EVENKEEL_FLEET: redis.url }),
  ...(values.limit === undefined ? {} : { EVENKEEL_MAX_REQUESTS_PER_CONNECTION: values.limit }),
}
const outcome = await play({
  clients: number(values.clients),
  rate: number(values.rate),
  pool: number(values.pool),
  seed: number(values.seed),
  from: number(values.from),
  to: number(values.to),
  at: number(values.at),
  seconds: number(values.seconds),
  variables,
  show: ({ second, served, hottest, opened, states }) =>
    console.log(second, served.join(' '), hottest.toFixed(2), `opened ${opened}`, states.join(', ')),
})
await redis?.stop()
const last = outcome.seconds.slice(-20)
const median = (list: number[]): number => list.sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN
const even = outcome.seconds.find((each: Second) => each.second > number(values.at) && each.hottest < 1.25)
console.log(
  JSON.stringify({
    hottest: Number(median(last.map((each) => each.hottest)).toFixed(3)),
    reconnectsPerSecond: last.reduce((sum, each) => sum + each.opened, 0) / last.length,
    opened: outcome.opened,
    below125After: even === undefined ? undefined : even.second - number(values.at),
    sent: outcome.sent,
    failed: outcome.failed,
    failures: outcome.failures,
  }),
)
