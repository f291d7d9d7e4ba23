import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { App } from '../apps/app.js'
import { assertKept, assertMarked, isMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { draining, within } from './draining.js'
import { HeldStream } from './held-stream.js'

/** How connections that are used leave: each with its next response behind a moment of its own. */
export function marking(app: App): void {
  describe(`${app.name}: a drain of 10 000 ms, connections in use`, () => {
    it('marks the next response of each behind its moment and no other, all 10 of them by 9 000 ms', () =>
      draining(app, async ({ used, use, drain, pass, settled, retires }) => {
        const clients = new Set(await used(10))
        const report = drain({ within })
        for (let time = 0; time < within && clients.size > 0; time += 250) {
          for (const client of clients) {
            const response = await use(client)
            assert.equal(response.body, 'ok')
            const isRetired = retires.some(({ key }) => key === client.key)
            assert.equal(isMarked(response), isRetired, `at ${time}`)
            if (!isRetired) continue
            assert.equal(await client.ended, 'fin')
            clients.delete(client)
          }
          await pass(250)
        }
        assert.equal(clients.size, 0)
        assert.ok(Math.max(...retires.map(({ at }) => at)) <= 0.9 * within)
        const { connections, closedPolitely } = await settled(report)
        assert.deepEqual([connections, closedPolitely], [10, 10])
      }))

    it('takes no more than 2 of 10 in any tenth of the window, though all have many responses in each', () =>
      draining(app, async ({ used, use, drain, pass, retires }) => {
        const clients = new Set(await used(10))
        void drain({ within })
        for (let time = 0; time < within; time += 250) {
          for (const client of clients) if (isMarked(await use(client))) clients.delete(client)
          await pass(250)
        }
        for (let tenth = 0; tenth < 10; tenth++) {
          const count = retires.filter(({ at }) => Math.floor((10 * at) / within) === tenth).length
          assert.ok(count <= 2, `${count} in tenth ${tenth}`)
        }
        assert.equal(retires.length, 10)
      }))

    it('marks by the keel that the framework gives, where nobody has attached the server', () =>
      draining(
        app,
        async ({ used, use, drain, pass, settled }) => {
          const [client] = await used(1)
          assert.ok(client)
          const report = drain({ within, quiet: within })
          await pass(0.9 * within - 50)
          assertMarked(await use(client))
          const { connections, closedPolitely } = await settled(report)
          assert.deepEqual([connections, closedPolitely], [1, 1])
        },
        { attached: false, options: { random: () => 0.5 } },
      ))

    it('serves a new one at 0, 5 000 and 9 500 ms, and marks its first response', () =>
      draining(app, async ({ connect, nextWaiting, drain, pass, settled }) => {
        const held = nextWaiting()
        const waiting = (await connect()).request('/wait')
        const answer = await held
        const report = drain({ within })
        for (const time of [5_000, 4_500, 500]) {
          const client = await connect()
          const response = await client.request('/ok')
          assert.equal(response.body, 'ok')
          assertMarked(response)
          assert.equal(await client.ended, 'fin')
          await pass(time)
        }
        answer()
        assertMarked(await waiting)
        const { connections, newcomers, closedPolitely } = await settled(report)
        assert.deepEqual([connections, newcomers, closedPolitely], [1, 3, 4])
      }))

    it('marks the first response of one that comes behind the window, and does not wait for it', () =>
      draining(app, async ({ connect, nextWaiting, drain, pass, settled, keel }) => {
        const answers = [nextWaiting(), nextWaiting()]
        const waiting = (await connect()).request('/wait')
        const [answer, answerLate] = answers
        assert.ok(answer && answerLate)
        const held = await answer
        const report = drain({ within })
        await pass(2 * within)
        const late = (await connect()).request('/wait')
        const heldLate = await answerLate
        held()
        assertMarked(await waiting)
        const { connections, newcomers, closedPolitely } = await settled(report)
        assert.deepEqual([connections, newcomers, closedPolitely], [1, 0, 1])
        assert.equal(keel().snapshot().connections.active, 1)
        heldLate()
        assertMarked(await late)
      }))

    it('marks a response under way at its moment, which the drain waits for', () =>
      draining(app, async ({ connect, nextWaiting, drain, pass, settled, retires }) => {
        const held = nextWaiting()
        const client = await connect()
        const waiting = client.request('/wait')
        const answer = await held
        const report = drain({ within })
        await pass(0.9 * within)
        assert.equal(retires.length, 1)
        answer()
        assertMarked(await waiting)
        assert.equal(await client.ended, 'fin')
        assert.equal((await settled(report)).closedPolitely, 1)
      }))

    it('lets a response go on that has sent its headers, and marks the next', () => {
      const stream = new HeldStream()
      return draining(
        app,
        async ({ connect, use, drain, pass, settled }) => {
          const client = await connect()
          const { response } = await stream.begin(client)
          const report = drain({ within })
          await pass(within)
          stream.end()
          const streamed = await response
          assertKept(streamed)
          assert.equal(streamed.body, 'begun, done')
          assertMarked(await use(client))
          assert.equal(await client.ended, 'fin')
          assert.equal((await settled(report)).closedPolitely, 1)
        },
        stream,
      )
    })
  })
}
