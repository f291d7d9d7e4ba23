import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe } from 'node:test'
import type { ServerOptions } from '@evenkeel/node'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { seeded } from '@evenkeel/test-kit/seeded'
import { plain } from '../apps/plain.js'
import { secure } from '../apps/secure.js'
import { type Kind, kinds, serving as servingHttp2 } from '../drain/http2-serving.js'
import { until } from '../drain/time.js'
import { type Hearing, hearing } from '../events/hearing.js'
import { ask } from '../http2/serving.js'
import { assertKept, assertMarked, isMarked } from '../serving.js'
import { it } from '../wire/it.js'

/** How many more requests a connection serves. */
async function lengthOf(client: RawClient): Promise<number> {
  for (let length = 1; ; length++) if (isMarked(await client.request('/ok'))) return length
}

async function serve({ use }: Hearing, client: RawClient, times: number): Promise<void> {
  for (let time = 0; time < times; time++) assertKept(await use(client))
}

function limitOf({ keel }: Hearing, { key }: RawClient): number | undefined {
  return [...keel().connections()].find((connection) => connection.key === key)?.requestLimit
}

for (const app of [plain, secure]) {
  describe(`${app.name}: keel.update`, () => {
    it('5 requests become 2: for a new connection, and for an open one that has served 1', () =>
      hearing(app, { maxRequestsPerConnection: 5 }, async (context) => {
        const { connect, keel } = context
        const open = await connect()
        await serve(context, open, 1)
        keel().update({ maxRequestsPerConnection: 2 })
        assert.equal(await lengthOf(open), 1)
        assert.equal(await lengthOf(await connect()), 2)
      }))

    it('2 requests become 5: for a new connection only', () =>
      hearing(app, { maxRequestsPerConnection: 2 }, async (context) => {
        const { connect, keel } = context
        const open = await connect()
        await serve(context, open, 1)
        keel().update({ maxRequestsPerConnection: 5 })
        assert.equal(limitOf(context, open), 2)
        assert.equal(await lengthOf(open), 1)
        assert.equal(await lengthOf(await connect()), 5)
      }))

    it('an open connection keeps the 5 of 10 that it drew when the limit becomes 7', () =>
      hearing(
        app,
        { maxRequestsPerConnection: 10, jitter: 0.5, random: () => 0.999_999 },
        async (context) => {
          const { connect, keel } = context
          const open = await connect()
          await serve(context, open, 1)
          assert.equal(limitOf(context, open), 5)
          keel().update({ maxRequestsPerConnection: 7 })
          assert.equal(await lengthOf(open), 4)
        },
      ))

    for (const [drawn, more] of [
      [0, 1],
      [0.5, 3],
      [0.999, 4],
    ] as const) {
      it(`one that has served 9 when the limit becomes 4 serves ${more} more if it draws ${drawn}`, () =>
        hearing(app, { maxRequestsPerConnection: 20, random: () => drawn }, async (context) => {
          const { connect, keel } = context
          const open = await connect()
          await serve(context, open, 9)
          keel().update({ maxRequestsPerConnection: 4 })
          assert.equal(await lengthOf(open), more)
        }))
    }

    it('20 that have all served 12 when the limit becomes 8 leave one by one, within 8 more requests', () =>
      hearing(app, { maxRequestsPerConnection: 100, random: seeded(3) }, async (context) => {
        const { connect, keel } = context
        const clients = await Promise.all(Array.from({ length: 20 }, () => connect()))
        for (const client of clients) await serve(context, client, 12)
        keel().update({ maxRequestsPerConnection: 8 })
        const lengths: number[] = []
        for (const client of clients) lengths.push(await lengthOf(client))
        const told = `they leave behind ${lengths.join(', ')} requests`
        assert.ok(Math.max(...lengths) <= 8, told)
        assert.ok(new Set(lengths).size >= 5, told)
        for (const length of lengths) assert.ok(lengths.filter((other) => other === length).length <= 8, told)
      }))

    it('an age of 60 000 ms becomes 20 000: one 5 000 ms old leaves by then, one 30 000 old within 20 000 more', () =>
      hearing(app, { maxConnectionAge: 60_000, random: () => 0.5 }, async (context) => {
        const { connect, use, pass, keel } = context
        const old = await connect()
        await use(old)
        await pass(25_000)
        const young = await connect()
        await use(young)
        await pass(5_000)
        keel().update({ maxConnectionAge: 20_000 })
        assertKept(await use(old))
        await pass(8_000)
        assertKept(await use(old))
        await pass(4_000)
        assertMarked(await old.request('/ok'))
        assertKept(await use(young))
        await pass(3_500)
        assertMarked(await young.request('/ok'))
      }))

    it('jitter: open ones keep what they drew, new ones draw with it', () =>
      hearing(app, { maxRequestsPerConnection: 10, random: () => 0.999_999 }, async (context) => {
        const { connect, use, keel } = context
        const [open, other] = [await connect(), await connect()]
        await use(open)
        keel().update({ jitter: 0.5 })
        assert.equal(limitOf(context, open), 10)
        const next = await connect()
        await use(next)
        assert.equal(limitOf(context, next), 5)
        assert.equal(limitOf(context, other), 10)
      }))

    it('exempt: asked from the next request on', () =>
      hearing(app, { maxRequestsPerConnection: 3 }, async (context) => {
        const { connect, use, keel } = context
        const open = await connect()
        await use(open)
        keel().update({ exempt: ({ url }) => url === '/empty' })
        for (let request = 0; request < 5; request++) assertKept(await use(open, '/empty'))
        assert.equal(await lengthOf(open), 2)
      }))

    it('idleTimeout: what clients are told next, and how long a silent connection is kept', () =>
      hearing(app, { idleTimeout: 65_000 }, async (context) => {
        const { connect, use, pass, keel, closed, heard } = context
        const client = await connect()
        // One more, that is told 60 s and keeps silent: it is nobody's to end before that.
        for (const each of [client, await connect()])
          assert.equal((await use(each)).headers.get('keep-alive'), 'timeout=60')
        keel().update({ idleTimeout: 30_000 })
        assert.equal((await use(client)).headers.get('keep-alive'), 'timeout=25')
        const silent = await connect()
        await pass(29_000)
        assert.deepEqual(heard.of('retire', silent.key), [])
        await pass(2_000)
        await closed(1)
        assert.equal(heard.only('retire').connection.key, silent.key)
      }))

    it('maxConnectionAgeGrace: made finite, it ends what is past its age and still under way', () => {
      const held: ServerResponse[] = []
      return hearing(
        app,
        { maxConnectionAge: 10_000 },
        async ({ connect, pass, keel, heard }) => {
          const client = await connect()
          client.socket.on('error', () => {})
          client.send('GET /own/ HTTP/1.1\r\nHost: localhost\r\n\r\n')
          await until(() => held.length > 0)
          await pass(60_000)
          assert.deepEqual(heard.of('destroy'), [])
          keel().update({ maxConnectionAgeGrace: 3_000 })
          await pass(2_000)
          assert.deepEqual(heard.of('destroy'), [])
          await pass(3_000)
          await heard.until('close')
          assert.deepEqual(heard.story(client.key), ['open', 'retire', 'destroy', 'close'])
        },
        { own: (_, response) => void held.push(response) },
      )
    })

    it('nothing: the limits stay what they are, in a new frozen object', () =>
      hearing(app, { maxRequestsPerConnection: 5 }, async ({ connect, keel, heard }) => {
        const before = keel().limits
        keel().update({ maxRequestsPerConnection: undefined })
        assert.deepEqual(keel().limits, before)
        assert.ok(Object.isFrozen(keel().limits))
        for (const { limits } of heard.of('update')) assert.equal(limits, keel().limits)
        assert.equal(await lengthOf(await connect()), 5)
      }))
  })
}

for (const kind of kinds) {
  const updating = (
    options: ServerOptions,
    test: Parameters<typeof servingHttp2>[1],
    of: Kind = kind,
  ): Promise<void> => servingHttp2(of, test, options)

  describe(`http2, ${kind.name}: keel.update`, () => {
    it('5 streams become 2, for open sessions too; one that has served 4 is drawn 1 or 2 more', () =>
      updating({ maxRequestsPerConnection: 9, random: () => 0.999 }, async ({ open, keel }) => {
        const [young, old] = [await open(), await open()]
        await ask(young)
        for (let stream = 0; stream < 4; stream++) await ask(old)
        keel.update({ maxRequestsPerConnection: 2 })
        await ask(young)
        await until(() => young.closed)
        await ask(old)
        assert.equal(old.closed, false)
        await ask(old)
        await until(() => old.closed)
        const next = await open()
        await ask(next)
        await ask(next)
        await until(() => next.closed)
        assert.equal(keel.snapshot().totals.retired['max-requests'], 3)
      }))

    it('idleTimeout: of 60 000 ms for sessions made 10 000', () =>
      updating({ idleTimeout: 60_000 }, async ({ open, keel, time }) => {
        keel.update({ idleTimeout: 10_000 })
        const client = await open()
        await ask(client)
        await time.pass(9_000)
        assert.equal(client.closed, false)
        await time.pass(3_000)
        await until(() => client.closed)
        assert.equal(keel.snapshot().totals.retired['idle-timeout'], 1)
      }))

    it('maxConnectionAgeGrace: made finite, it ends a stream past its age', () =>
      updating({ maxConnectionAge: 10_000 }, async ({ open, keel, waiting, time }) => {
        const client = await open()
        client.on('error', () => {})
        const { response } = await waiting(client)
        await time.pass(30_000)
        assert.equal(keel.snapshot().totals.destroyed, 0)
        keel.update({ maxConnectionAgeGrace: 2_000 })
        await time.pass(4_000)
        assert.equal((await response).status, 0)
        assert.equal(keel.snapshot().totals.destroyed, 1)
      }))
  })
}
