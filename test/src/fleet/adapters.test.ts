import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { createFleet, memoryStore } from '@evenkeel/fleet'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import createExpress from 'express'
import createExpress4 from 'express4'
import createFastify from 'fastify'
import Koa from 'koa'
import Koa2 from 'koa2'
import type { App, RunningApp } from '../apps/app.js'
import { express } from '../apps/express.js'
import { fastify } from '../apps/fastify.js'
import { koa } from '../apps/koa.js'
import { plain } from '../apps/plain.js'
import { secure } from '../apps/secure.js'
import { timed, until } from '../drain/time.js'
import { isMarked } from '../serving.js'
import { it } from '../wire/it.js'

const apps: readonly App[] = [
  plain,
  secure,
  express('express 5', createExpress),
  express('express 4', createExpress4),
  koa('koa 3', Koa),
  koa('koa 2', Koa2),
  fastify('fastify 5', createFastify),
]

/** Requests per second of each client. */
const rates = [20, 16, 13, 10, 8, 6, 5, 4, 3, 2]

/** How many seconds it may take. */
const longest = 60

describe('two servers of one process and 10 clients on the first: some go on to the second, until both are even', () => {
  for (const app of apps) {
    it(app.name, () =>
      timed(async (time) => {
        const fleet = createFleet({ store: memoryStore(() => time.clock.now()) })
        const start = (): Promise<RunningApp> =>
          app.listen({ options: { fleet, clock: time.clock, random: () => 0, jitter: 0 } })
        const [first, second] = [await start(), await start()]
        const connect = ({ port }: RunningApp): Promise<RawClient> =>
          RawClient.connect({ port, secure: app.secure ?? false })
        const clients = await Promise.all(rates.map(() => connect(first)))
        const all = [...clients, await connect(second)]
        try {
          // A middleware meets its server with the first request.
          for (const client of all) assert.equal((await client.request('/ok')).body, 'ok')
          const keels = [first.keel, second.keel]
          await until(() => keels.every((keel) => keel.snapshot().fleet?.state !== 'joining'))
          const moved = new Set<number>()
          const isEven = (): boolean =>
            moved.size > 0 && keels.every((keel) => keel.snapshot().fleet?.state === 'even')
          for (let seconds = 0; !isEven(); seconds++) {
            assert.ok(seconds < longest, `not even after ${seconds} s`)
            for (const [number, rate] of rates.entries()) {
              for (let sent = 0; sent < rate; sent++) {
                const client = clients[number] as RawClient
                const response = await client.request('/ok')
                assert.equal(response.body, 'ok')
                if (!isMarked(response)) continue
                assert.equal(await client.ended, 'fin')
                assert.equal(moved.has(number), false, 'it was shed twice')
                moved.add(number)
                clients[number] = await connect(second)
                all.push(clients[number])
              }
            }
            await time.pass(1_000)
          }
          assert.ok(moved.size <= 6, `${moved.size} clients went on`)
          const retired = keels.map((keel) => keel.snapshot().totals.retired.fleet)
          assert.deepEqual(retired, [moved.size, 0])
        } finally {
          for (const client of all) client.close()
          await Promise.all([first.close(), second.close()])
        }
      }),
    )
  }
})
