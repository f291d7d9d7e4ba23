import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe } from 'node:test'
import { ask, goaway } from '../http2/serving.js'
import { it } from '../wire/it.js'
import { type Kind, serving, within } from './http2-serving.js'
import { until } from './time.js'

/** REFUSED_STREAM: its client may send it again. */
const refused = 7

/** How sessions leave. */
export function sessions(kind: Kind): void {
  describe(`http2, ${kind.name}: a drain of 10 000 ms`, () => {
    it('ends 5 idle sessions one by one with GOAWAY, the longest unused first', () =>
      serving(kind, async ({ keel, time, open }) => {
        const order: number[] = []
        const ends: Promise<unknown>[] = []
        for (let number = 0; number < 5; number++) {
          await time.pass(1)
          const client = await open()
          await ask(client)
          ends.push(goaway(client).then(assertNoError), once(client, 'close'))
          client.once('close', () => order.push(number))
        }
        await time.pass(5_000)
        const { closedPolitely, closedIdle } = await time.settled(keel.drain({ within }))
        await Promise.all(ends)
        assert.deepEqual([closedPolitely, closedIdle], [5, 0], 'each was told')
        assert.deepEqual(order, [0, 1, 2, 3, 4])
      }))

    it('says GOAWAY to a session in use at its moment, and refuses no stream that a handler has seen', () =>
      serving(kind, async ({ keel, time, open }) => {
        const client = await open()
        const gone = goaway(client)
        let isGone = false
        void gone.then(() => {
          isGone = true
        })
        const report = keel.drain({ within, quiet: within })
        let requests = 0
        while (!isGone) {
          const { body, code } = await ask(client)
          if (code === refused) break
          assert.equal(body, 'ok')
          requests++
          await time.pass(250)
        }
        assert.equal(await gone, 0)
        assert.ok(requests <= 37, `${requests} requests`)
        const { closedPolitely, destroyed, requests: counted } = await time.settled(report)
        assert.deepEqual([closedPolitely, destroyed, counted], [1, 0, requests])
      }))

    it('lets streams that are open go on to their end, behind GOAWAY', () =>
      serving(kind, async ({ keel, time, open, waiting }) => {
        const client = await open()
        const gone = goaway(client)
        const [one, other] = [await waiting(client), await waiting(client)]
        const report = keel.drain({ within })
        await time.pass(within)
        assert.equal(await gone, 0)
        one.answer()
        assert.equal((await one.response).body, 'ok')
        await time.pass(within)
        other.answer()
        assert.equal((await other.response).body, 'ok')
        const { closedPolitely, destroyed, requests } = await time.settled(report)
        assert.deepEqual([closedPolitely, destroyed, requests], [1, 0, 0])
      }))

    it('tells a stream that asked for its retireSignal, which ends itself', () =>
      serving(kind, async ({ keel, time, open }) => {
        const client = await open()
        const stream = ask(client, '/stream')
        await until(() => keel.snapshot().connections.active === 1)
        const report = keel.drain({ within })
        const { closedPolitely } = await time.settled(report)
        assert.equal(closedPolitely, 1)
        assert.equal((await stream).body, 'hello, goodbye')
      }))

    it('ends a new session on which no stream comes, within the 10 000 ms', () =>
      serving(kind, async ({ keel, time, open, waiting }) => {
        const held = await waiting(await open())
        const report = keel.drain({ within, grace: 20_000 })
        await time.pass(500)
        await open()
        await until(() => keel.snapshot().connections.total === 2)
        await time.pass(1_000)
        held.answer()
        const { newcomers, destroyed, duration } = await time.settled(report)
        assert.deepEqual([newcomers, destroyed], [1, 0])
        assert.ok(duration <= within, `${duration} ms`)
      }))

    it('serves the first stream of a new session, and says GOAWAY behind it', () =>
      serving(kind, async ({ keel, time, open, waiting }) => {
        const held = await waiting(await open())
        const report = keel.drain({ within })
        await time.pass(500)
        const client = await open()
        const gone = goaway(client)
        const { status, body, code } = await ask(client)
        assert.deepEqual([status, body, code], [200, 'ok', 0])
        assert.equal(await gone, 0)
        held.answer()
        await held.response
        const { connections, newcomers, destroyed } = await time.settled(report)
        assert.deepEqual([connections, newcomers, destroyed], [1, 1, 0])
      }))
  })
}

function assertNoError(code: number): void {
  assert.equal(code, 0)
}
