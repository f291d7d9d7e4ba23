import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { memoryStore, redisStore, type Store } from '@evenkeel/fleet'
import fc from 'fast-check'
import { createClient } from 'redis'
import { noRedis, RedisServer } from './redis-server.js'

const never = new AbortController().signal
/** So long that what a run takes does not count. */
const expiry = 100_000_000
const step = expiry / 4
const keys = ['reports', 'times', 'sums'].map((name) => `evenkeel:{web}:${name}`)

/** As if it had all happened earlier. */
const age = `
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('ZINCRBY', KEYS[1], -ARGV[1], id) end
`
const id = fc.integer({ min: 0, max: 11 }).map(String)
/** Binary fractions, which millionths hold exactly. */
const fractions = (max: number) => fc.integer({ min: 1, max: max * 64 }).map((value) => value / 64)
const act = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('report' as const),
      id,
      load: fractions(1e6),
      weight: fractions(1e3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('leave' as const), id }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('pass' as const), steps: fc.integer({ min: 1, max: 5 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('lose' as const), key: fc.constantFrom(0, 1, 2, undefined) }),
  },
)

describe('the sums of the script', { skip: noRedis, timeout: 60_000 }, () => {
  let server: RedisServer
  before(async () => {
    server = await RedisServer.start()
  })
  after(() => server.end())

  it('are those of the store in memory, whatever 12 members do in 100 sequences of up to 60 acts', async () => {
    const client = createClient({ socket: { path: server.path, tls: false } })
    await client.connect()
    const store = redisStore({ sendCommand: (...args) => client.sendCommand(args) })
    const run = (...command: string[]) => client.sendCommand(command)
    const sequence = fc.array(act, { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(sequence, async (acts) => {
        await run('FLUSHALL')
        let now = 0
        let model = memoryStore(() => now)
        for (const each of acts) {
          if (each.act === 'report') {
            const report = { load: each.load, weight: each.weight }
            const exchange = (by: Store) => by.exchange('web', each.id, report, expiry, never)
            assert.deepEqual(rounded(await exchange(store)), rounded(await exchange(model)))
            assert.deepEqual(await told(store), await told(model))
          } else if (each.act === 'leave') {
            for (const by of [store, model]) await by.leave('web', each.id)
          } else if (each.act === 'pass') {
            now += each.steps * step
            await run('EVAL', age, '1', keys[1] ?? '', String(each.steps * step))
          } else {
            const key = each.key === undefined ? undefined : keys[each.key]
            await (key === undefined ? run('FLUSHALL') : run('DEL', key))
            // Of the sums nothing is lost that could not be made again.
            if (each.key !== 2) model = memoryStore(() => now)
          }
        }
      }),
      { numRuns: 100 },
    )
    client.destroy()
  })
})

async function told(store: Store) {
  const members = [...(await store.members('web'))].map(([name, report]) => [
    name,
    rounded({ ...report, members: 1 }),
  ])
  return Object.fromEntries(members)
}

function rounded({ load, weight, members }: { load: number; weight: number; members: number }) {
  return { load: Math.round(load * 1e6), weight: Math.round(weight * 1e6), members }
}
