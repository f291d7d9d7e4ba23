import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { ConnectionInfo } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { App } from '../apps/app.js'
import { assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { hearing } from './hearing.js'

const get = 'GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n'

/** Idle times are known to within a second. */
function assertIdle({ idle }: ConnectionInfo, expected: number): void {
  assert.ok(idle >= expected && idle <= expected + 1_000, `idle for ${idle} ms instead of ${expected}`)
}

/** What every server tells of its HTTP/1 connections. */
export function events(app: App): void {
  const opened = app.secure ? 'tls' : 'http/1'

  describe(`${app.name}: events`, () => {
    it('of a connection that its client ends: open and close, with 2 requests in 5 000 ms, idle for 2 000', () =>
      hearing(app, { maxRequestsPerConnection: 3, maxConnectionAge: 60_000 }, async (context) => {
        const { connect, use, pass, heard } = context
        const client = await connect()
        await pass(1_000)
        await use(client)
        await pass(2_000)
        await use(client)
        await pass(2_000)
        client.socket.end()
        await heard.until('close')
        assert.deepEqual(heard.story(client.key), ['open', 'close'])
        const address = '127.0.0.1'
        const drawn = { requestLimit: 3, ageLimit: 60_000 }
        assert.deepEqual(heard.only('open'), {
          type: 'open',
          connection: {
            key: client.key,
            address,
            protocol: opened,
            state: 'new',
            requests: 0,
            inFlight: 0,
            age: 0,
            idle: 0,
            ...drawn,
            retired: undefined,
          },
        })
        const close = heard.only('close')
        assert.deepEqual(close, {
          type: 'close',
          reason: undefined,
          by: 'client',
          wasIdle: true,
          connection: {
            key: client.key,
            address,
            protocol: 'http/1',
            state: 'closed',
            requests: 2,
            inFlight: 0,
            age: 5_000,
            idle: close.connection.idle,
            ...drawn,
            retired: undefined,
          },
        })
        assertIdle(close.connection, 2_000)
      }))

    it('of one that has served its 2 requests: retire with the last in flight, close by the server', () =>
      hearing(app, { maxRequestsPerConnection: 2 }, async ({ connect, use, pass, heard }) => {
        const client = await connect()
        await use(client)
        await pass(4_000)
        assertMarked(await client.request('/ok'))
        await heard.until('close')
        assert.deepEqual(heard.story(client.key), ['open', 'retire', 'close'])
        const retire = heard.only('retire')
        const { state, requests, inFlight, age, idle, retired, protocol } = retire.connection
        assert.deepEqual(
          { reason: retire.reason, state, requests, inFlight, age, idle, retired, protocol },
          {
            reason: 'max-requests',
            state: 'active',
            requests: 2,
            inFlight: 1,
            age: 4_000,
            idle: 0,
            retired: 'max-requests',
            protocol: 'http/1',
          },
        )
        const close = heard.only('close')
        assert.deepEqual(
          [
            close.reason,
            close.by,
            close.connection.state,
            close.connection.retired,
            close.connection.requests,
          ],
          ['max-requests', 'server', 'closed', 'max-requests', 2],
        )
      }))

    for (const [whose, path, headers] of [
      ['its client', '/ok', 'Connection: close\r\n'],
      ['the application', '/raw/set-header-close', ''],
    ] as const) {
      it(`of one whose end ${whose} asks for: open and close, and that it was not idle`, () =>
        hearing(app, {}, async ({ connect, heard }) => {
          const client = await connect()
          assertMarked(await client.request(path, { headers }))
          await heard.until('close')
          assert.deepEqual(heard.story(client.key), ['open', 'close'])
          const { reason, wasIdle } = heard.only('close')
          assert.deepEqual([reason, wasIdle], [undefined, false])
        }))
    }

    it('of one past its age: retire with the first response behind it, and none before', () =>
      hearing(app, { maxConnectionAge: 10_000 }, async ({ connect, use, pass, heard }) => {
        const client = await connect()
        await use(client)
        await pass(12_000)
        assert.deepEqual(heard.of('retire'), [])
        assertMarked(await client.request('/ok'))
        await heard.until('close')
        const { reason, connection } = heard.only('retire')
        assert.deepEqual([reason, connection.age, connection.requests], ['max-age', 12_000, 2])
        assert.deepEqual(heard.story(client.key), ['open', 'retire', 'close'])
      }))

    it('of two requests behind the last of 2: late, and none of them is counted', () =>
      hearing(app, { maxRequestsPerConnection: 2 }, async ({ connect, heard, keel }) => {
        const client = await connect()
        client.send(get + get + get + get)
        assert.equal((await client.response()).status, 200)
        assertMarked(await client.response())
        assert.equal(await client.ended, 'fin')
        await heard.until('close')
        const late = heard.of('late', client.key)
        // What is behind the first of them is dropped unread, where it has not been read yet.
        assert.ok(late.length === 1 || late.length === 2, `${late.length} late requests`)
        for (const { connection } of late) assert.equal(connection.requests, 2)
        assert.equal(heard.only('close').connection.requests, 2)
        // A response that is still being made is retired with its headers, behind what has arrived with it.
        const story = heard.story(client.key)
        assert.deepEqual([story[0], story.at(-1)], ['open', 'close'])
        assert.deepEqual(
          story.filter((type) => type !== 'late'),
          ['open', 'retire', 'close'],
        )
        assert.equal(keel().snapshot().totals.late, late.length)
      }))

    it('of one that nobody uses: retire, close by the server, and no idle-close, for no request ever came', () =>
      hearing(app, { idleTimeout: 65_000 }, async ({ connect, pass, heard }) => {
        const { key } = await connect()
        await pass(66_000)
        await heard.until('close')
        assert.deepEqual(heard.story(key), ['open', 'retire', 'close'])
        const { reason, by, connection } = heard.only('close')
        assert.deepEqual([reason, by, connection.requests], ['idle-timeout', 'server', 0])
        assertIdle(connection, 65_000)
      }))

    it('of one that makes room: retire, evict, idle-close and close, in this order', () =>
      hearing(app, { maxConnections: 4 }, async ({ connect, used, pass, heard }) => {
        const [longest] = await used(3)
        assert.ok(longest)
        await pass(2_000)
        await connect()
        await heard.until('close')
        assert.deepEqual(heard.story(longest.key), ['open', 'retire', 'evict', 'idle-close', 'close'])
        const [retire] = heard.of('retire')
        const [evict] = heard.of('evict')
        const [idleClose] = heard.of('idle-close')
        assert.deepEqual([retire?.reason, retire?.connection.state], ['evicted', 'idle'])
        for (const event of [retire, evict, idleClose, heard.only('close')]) {
          assert.ok(event)
          const { key, requests, inFlight, retired, protocol } = event.connection
          assert.deepEqual(
            [key, requests, inFlight, retired, protocol],
            [longest.key, 1, 0, 'evicted', 'http/1'],
          )
          assertIdle(event.connection, 2_000)
        }
        assert.deepEqual([heard.only('close').reason, heard.only('close').by], ['evicted', 'server'])
      }))

    it('of one that finds no room: refuse and nothing else, with its key', () =>
      hearing(app, { maxConnections: 2 }, async ({ connect, port, heard }) => {
        await connect()
        await connect()
        const { key, ended } = await RawClient.connect({ port })
        await ended
        await heard.until('refuse')
        assert.deepEqual(heard.only('refuse'), { type: 'refuse', key })
        assert.deepEqual(heard.story(key), ['refuse'])
      }))

    it('of a client that goes while it waits: close, by the client, with 1 in flight', () =>
      hearing(app, {}, async ({ connect, nextWaiting, heard, pass }) => {
        const client = await connect()
        const waiting = nextWaiting()
        client.send(get.replace('/ok', '/wait'))
        await waiting
        await pass(3_000)
        client.close()
        await heard.until('close')
        assert.deepEqual(heard.story(client.key), ['open', 'close'])
        const { reason, by, connection } = heard.only('close')
        const { state, requests, inFlight, idle, age } = connection
        assert.deepEqual(
          { reason, by, state, requests, inFlight, idle, age },
          { reason: undefined, by: 'client', state: 'closed', requests: 1, inFlight: 1, idle: 0, age: 3_000 },
        )
      }))

    it('of one whose grace is over: retire, destroy and close, each with 1 in flight', () =>
      hearing(
        app,
        { maxConnectionAge: 10_000, maxConnectionAgeGrace: 2_000 },
        async ({ connect, nextWaiting, heard, pass }) => {
          const client = await connect()
          client.socket.on('error', () => {})
          const waiting = nextWaiting()
          client.send(get.replace('/ok', '/wait'))
          await waiting
          await pass(11_000)
          assert.deepEqual(heard.story(client.key), ['open', 'retire'])
          await pass(3_000)
          await heard.until('close')
          assert.deepEqual(heard.story(client.key), ['open', 'retire', 'destroy', 'close'])
          for (const { connection } of [heard.only('retire'), heard.only('destroy'), heard.only('close')])
            assert.deepEqual([connection.inFlight, connection.retired, connection.idle], [1, 'max-age', 0])
          const { reason, by } = heard.only('close')
          assert.deepEqual([reason, by], ['max-age', 'server'])
        },
      ))

    it('of one that is retired by hand while it is idle', () =>
      hearing(app, {}, async ({ connect, use, pass, heard, keel }) => {
        const client = await connect()
        await use(client)
        await pass(2_000)
        keel().retire(client.key)
        const { reason, connection } = heard.only('retire')
        assert.deepEqual([reason, connection.state, connection.requests], ['manual', 'idle', 1])
        assertIdle(connection, 2_000)
        assertMarked(await client.request('/ok'))
        await heard.until('close')
        assert.deepEqual(heard.story(client.key), ['open', 'retire', 'close'])
      }))

    it('of a drain: how many leave, each by its reason, and the report', () =>
      hearing(app, {}, async ({ used, drain, settled, heard }) => {
        const clients = await used(3)
        const report = await settled(drain())
        await heard.until('close', 3)
        assert.deepEqual(heard.only('drain'), { type: 'drain', connections: 3, fraction: 1 })
        assert.deepEqual(heard.only('drained'), { type: 'drained', stopped: false, report })
        for (const { key } of clients) {
          // Nobody used them, so that no response said so.
          assert.deepEqual(heard.story(key), ['open', 'retire', 'idle-close', 'close'])
          assert.equal(heard.only('close', key).reason, 'drain')
          assert.equal(heard.only('close', key).by, 'server')
        }
      }))

    it('of a drain of a third that is stopped', () =>
      hearing(app, {}, async ({ used, drain, pass, heard }) => {
        await used(3)
        const controller = new AbortController()
        const over = drain({ fraction: 0.34, signal: controller.signal })
        await pass(100)
        controller.abort()
        await assert.rejects(over)
        const { type, connections, fraction } = heard.only('drain')
        assert.deepEqual([type, fraction], ['drain', 0.34])
        assert.ok(connections === 1 || connections === 2, `${connections} of 3`)
        assert.equal(heard.only('drained').stopped, true)
        assert.equal(heard.only('drained').report.connections, connections)
      }))

    it('of an update: the limits in force, and those before', () =>
      hearing(app, {}, async ({ keel, heard }) => {
        const before = keel().limits
        keel().update({ maxRequestsPerConnection: 7 })
        assert.deepEqual(heard.only('update'), { type: 'update', limits: keel().limits, before })
        assert.equal(heard.only('update').limits, keel().limits)
        assert.equal(heard.only('update').before, before)
        assert.equal(heard.only('update').limits.maxRequestsPerConnection, 7)
      }))
  })
}
