import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { inspector } from '@evenkeel/inspector'
import type { FleetMember } from '@evenkeel/node'
import { Asking, askFor, twoServers } from '../fleet/two-servers.js'
import { FakeKeel, members, status } from './fake-keel.js'
import { serving } from './serving.js'
import type { Frame, ViewingClient } from './viewing.js'

type Fleet = NonNullable<NonNullable<Frame['now']>['fleet']>

async function fleetOf(viewer: ViewingClient): Promise<Fleet> {
  const { now } = await viewer.frame()
  assert.ok(now?.fleet)
  return now.fleet
}

/** A keel in a fleet, and the members that its store tells of. */
function member(loads: readonly number[]): FakeKeel {
  const fake = new FakeKeel()
  fake.fleet = status('even')
  fake.answer = async () => members(loads)
  return fake
}

/** What the next frame tells of the fleet. */
function next(viewer: ViewingClient): Promise<Fleet> {
  mock.timers.tick(1000)
  return fleetOf(viewer)
}

describe("the stream, of the server's fleet", { timeout: 20_000 }, () => {
  it('tells what the keels of 2 servers tell: 40 and 20 requests a second, of which 45 and 15 are fair', () =>
    twoServers({ weights: [3, 1] }, async (pair) => {
      const { one, other } = pair
      const keel = one.keel()
      const clients = [one, one, other].map(({ connect }) => new Asking(connect, 20))
      await askFor(10, clients, pair)
      await serving(inspector(keel), async ({ view }) => {
        const viewer = await view()
        assert.equal((await fleetOf(viewer)).members, undefined, 'nobody has answered yet')
        const told = await keel.members()
        await pair.pass(2)
        const fleet = await fleetOf(viewer)
        assert.equal(fleet.status.state, 'even')
        assert.deepEqual(
          fleet.members?.rows.map(({ isOwn, rank, weight, load, fair }) => [
            ...[isOwn, rank, weight],
            ...[Math.round(load), Math.round(fair)],
          ]),
          [
            [false, 1, 1, 20, 15],
            [true, 2, 3, 40, 45],
          ],
        )
        assert.deepEqual(fleet.members?.rows.map(({ id }) => id).sort(), told.map(({ id }) => id).sort())
      })
    }))

  describe('from a store that is made up', () => {
    beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_800_000_000_005 }))
    afterEach(() => mock.timers.reset())

    it('has each state with its cure, and numbers of 4 digits', async () => {
      const fake = member([330])
      await serving(inspector(fake.keel), async ({ view }) => {
        const viewer = await view()
        assert.equal((await fleetOf(viewer)).cure, undefined)
        fake.fleet = status('sticky', { fair: 1000 / 3, surplus: -0.123456 })
        const { cure, status: told } = await next(viewer)
        assert.match(cure ?? '', /without session affinity or hashing of addresses/)
        assert.deepEqual(told, { ...fake.fleet, fair: 333.3, surplus: -0.1235 })
      })
    })

    it('asks the store once a second however many look, and not at all while nobody does', async () => {
      const fake = member([330, 290, 285, 295])
      await serving(inspector(fake.keel), async ({ server, view }) => {
        mock.timers.tick(5000)
        assert.equal(fake.questions, 0)
        const responses: ServerResponse[] = []
        server.on('request', (_, response) => responses.push(response))
        const viewers: ViewingClient[] = []
        for (let i = 0; i < 5; i++) viewers.push(await view())
        for (const viewer of viewers) await fleetOf(viewer)
        assert.equal(fake.questions, 1)
        for (let second = 0; second < 3; second++) {
          mock.timers.tick(1000)
          for (const viewer of viewers) assert.equal((await fleetOf(viewer)).members?.count, 4)
        }
        assert.equal(fake.questions, 4)
        const ends = Promise.all(responses.map((response) => once(response, 'close')))
        for (const viewer of viewers) viewer.close()
        await ends
        mock.timers.tick(10_000)
        assert.equal(fake.questions, 4)
        assert.equal((await fleetOf(await view())).members, undefined, 'what was known is old by now')
      })
    })

    it('asks no store for a server that is in no fleet', async () => {
      const fake = new FakeKeel()
      await serving(inspector(fake.keel), async ({ view }) => {
        const viewer = await view()
        for (let second = 0; second < 3; second++) {
          assert.equal((await viewer.frame()).now?.fleet, undefined)
          mock.timers.tick(1000)
        }
        assert.equal(fake.questions, 0)
      })
    })

    it('tells of 1,000 members the 8 with the most, the 4 with the least and the own one, in 4 KB more', async () => {
      const loads = Array.from({ length: 1_000 }, (_, i) => 300 + ((i * 7) % 1_000) / 10)
      const fake = member([350, ...loads.slice(1)])
      const { fleet } = fake
      await serving(inspector(fake.keel), async ({ view }) => {
        const viewer = await view()
        fake.fleet = undefined
        await viewer.frame()
        mock.timers.tick(1000)
        const without = (await viewer.event())?.length ?? 0
        fake.fleet = fleet
        await next(viewer)
        mock.timers.tick(1000)
        const text = (await viewer.event()) ?? ''
        const { now }: Frame = JSON.parse(text.slice('data: '.length))
        const { count, median, rows } = now?.fleet?.members ?? assert.fail()
        assert.equal(count, 1_000)
        assert.equal(rows.length, 13)
        assert.deepEqual(
          rows.map(({ load }) => load),
          [399.9, 399.8, 399.7, 399.6, 399.5, 399.4, 399.3, 399.2, 350, 300.4, 300.3, 300.2, 300.1],
        )
        assert.deepEqual(
          rows.filter(({ isOwn }) => isOwn).map(({ id, rank }) => [id, rank]),
          [['shop-0', 500]],
        )
        assert.ok(Math.abs(median - 1) < 0.001, `${median}`)
        assert.ok(text.length - without < 4096, `a fleet takes ${text.length - without} characters`)
      })
    })

    it('waits for no store: 1 question at a time, what is known for 3 s, then nothing until it answers', async () => {
      const fake = member([330, 270])
      await serving(inspector(fake.keel), async ({ view }) => {
        const viewer = await view()
        await fleetOf(viewer)
        const late: ((members: readonly FleetMember[]) => void)[] = []
        fake.answer = () => new Promise((resolve) => late.push(resolve))
        const counts: (number | undefined)[] = []
        for (let second = 0; second < 7; second++) counts.push((await next(viewer)).members?.count)
        assert.deepEqual(counts, [2, 2, 2, undefined, undefined, undefined, undefined])
        assert.equal(late.length, 3)
        late[0]?.(members([1, 2, 3]))
        await setImmediate()
        assert.equal((await next(viewer)).members, undefined, 'nobody waits for the first answer any more')
        late[2]?.(members([1, 2, 3, 4]))
        await setImmediate()
        assert.equal((await next(viewer)).members?.count, 4)
      })
    })

    it('goes on when the store refuses to answer, or fails at once, and shows members again when it answers', async () => {
      const fake = member([330, 270])
      const answers = fake.answer
      await serving(inspector(fake.keel), async ({ view }) => {
        const viewer = await view()
        await fleetOf(viewer)
        for (const answer of [
          () => Promise.reject(new Error('refused')),
          () => {
            throw new Error('failed')
          },
        ]) {
          fake.answer = answers
          await next(viewer)
          assert.equal((await next(viewer)).members?.count, 2)
          fake.answer = answer
          await next(viewer)
          assert.equal((await next(viewer)).members, undefined)
        }
      })
    })

    it('tells of 2 members without any load, of which each has its fair share', async () => {
      await serving(inspector(member([0, 0]).keel), async ({ view }) => {
        const viewer = await view()
        await fleetOf(viewer)
        const { members: told } = await next(viewer)
        assert.deepEqual(told, {
          count: 2,
          median: 0,
          rows: [
            { id: 'shop-0', isOwn: true, rank: 1, load: 0, fair: 0, weight: 1 },
            { id: 'shop-1', isOwn: false, rank: 2, load: 0, fair: 0, weight: 1 },
          ],
        })
      })
    })
  })
})
