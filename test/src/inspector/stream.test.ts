import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { inspector } from '@evenkeel/inspector'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import { connection, FakeKeel } from './fake-keel.js'
import { nextResponse, type Serving, serving } from './serving.js'
import type { Frame, ViewingClient } from './viewing.js'

/** In the middle of a second. */
const start = 1_800_000_000_500
const second = Math.floor(start / 1000)

/** A server with a keel, its page below `/keel`, and a `/wait` that is never answered. */
async function watched(
  options: ServerOptions,
  test: (serving: Serving, keel: Keel) => Promise<void>,
  settings: Parameters<typeof inspector>[1] = {},
): Promise<void> {
  let page: ReturnType<typeof inspector>
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url?.startsWith('/keel')) page(request, response)
    else if (request.url !== '/wait') response.end('ok')
  }
  await serving(listener, async (context) => {
    const keel = attach(context.server, options)
    page = inspector(keel, settings)
    await test(context, keel)
  })
}

function sum(values: readonly (number | null)[] = []): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0)
}

describe('the stream', { timeout: 20_000 }, () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: start }))
  afterEach(() => mock.timers.reset())

  it('tells the numbers of what clients did', () =>
    watched({ maxRequestsPerConnection: 3, jitter: 0 }, async ({ connect, view }) => {
      const [idle, spent, waiting, silent] = [
        await connect(),
        await connect(),
        await connect(),
        await connect(),
      ]
      for (let i = 0; i < 2; i++) await idle.request('/')
      for (let i = 0; i < 3; i++) await spent.request('/')
      await spent.ended
      spent.close()
      await once(spent.socket, 'close')
      waiting.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
      await silent.request('/')
      const viewer = await view()
      const { now, complete, rows } = await viewer.frame()
      assert.deepEqual(now?.connections, { new: 0, active: 2, idle: 2, upgraded: 0, total: 4 })
      assert.equal(now?.totals.opened, 5)
      assert.equal(now?.totals.closed, 1)
      assert.equal(now?.totals.requests, 8)
      assert.equal(now?.totals.retired['max-requests'], 1)
      assert.deepEqual(now?.open.requests, { width: 1, counts: [0, 3, 1], median: 1, max: 2 })
      assert.equal(sum(now?.open.ages.counts), 4)
      assert.equal(now?.closed.requests.count, 1)
      assert.equal(now?.closed.ages.count, 1)
      assert.deepEqual(now?.peers, {
        count: 1,
        busiest: [{ address: '127.0.0.1', connections: 4, active: 2, idle: 2, requests: 5 }],
      })
      assert.equal(now?.viewers, 1)
      assert.equal(now?.limits.maxRequestsPerConnection, 3)
      assert.equal(now?.limits.maxConnections, null)
      assert.equal(now?.limits.exempt, false)
      assert.equal(complete, true)
      assert.deepEqual(rows?.opened, [], 'the second in which all this happened is not over')
      mock.timers.tick(505)
      const next = await viewer.frame()
      assert.equal(next.complete, false)
      assert.equal(next.rows?.from, second)
      assert.deepEqual(next.rows?.opened, [5])
      assert.deepEqual(next.rows?.closed, [1])
      assert.deepEqual(next.rows?.open, [4])
      assert.deepEqual(next.rows?.retired['max-requests'], [1])
      assert.equal(sum(Object.values(next.rows?.closes ?? {}).flat()), 1)
      assert.deepEqual(next.rows?.states.idle, [2])
      assert.deepEqual(next.rows?.requests, [null], 'only a part of the second was seen')
      await idle.request('/')
      mock.timers.tick(1000)
      assert.deepEqual((await viewer.frame()).rows?.requests, [1])
    }))

  it('shows what happened while nobody looked', () =>
    watched({}, async ({ connect, view }) => {
      const clients = [await connect(), await connect()]
      for (const client of clients) await client.request('/')
      mock.timers.tick(3000)
      const viewer = await view()
      const { rows } = await viewer.frame()
      assert.equal(rows?.from, second)
      assert.deepEqual(rows?.opened, [2, 0, 0])
      assert.deepEqual(rows?.open, [2, 2, 2])
      assert.deepEqual(rows?.states.idle, [null, null, null])
    }))

  it('remembers ten minutes, and nothing older', async () => {
    const fake = new FakeKeel()
    await serving(inspector(fake.keel), async ({ view }) => {
      for (let i = 0; i < 2000; i++) {
        fake.emit('open')
        fake.emit('retire', { reason: 'max-age' })
        fake.emit('close', { by: 'client' })
        mock.timers.tick(1000)
      }
      fake.emit('open')
      const { rows } = await (await view()).frame()
      assert.equal(rows?.from, second + 2000 - 600)
      for (const column of [rows?.opened, rows?.closed, rows?.retired['max-age'], rows?.closes.client])
        assert.deepEqual(column, new Array(600).fill(1))
    })
  })

  it('is computed once a second however many look, and not at all when nobody does', async () => {
    const fake = new FakeKeel([connection(1), connection(2)])
    await serving(inspector(fake.keel), async ({ server, view }) => {
      mock.timers.tick(5000)
      assert.equal(fake.looks, 0)
      const responses: ServerResponse[] = []
      server.on('request', (_, response) => responses.push(response))
      const viewers: ViewingClient[] = []
      for (let i = 0; i < 6; i++) viewers.push(await view())
      const frames = await Promise.all(viewers.map((viewer) => viewer.frame()))
      assert.equal(fake.looks, 1)
      for (const frame of frames) assert.deepEqual(frame, frames[0])
      for (let i = 0; i < 3; i++) {
        mock.timers.tick(1000)
        for (const viewer of viewers) await viewer.frame()
      }
      assert.equal(fake.looks, 4)
      const ends = Promise.all(responses.map((response) => once(response, 'close')))
      for (const viewer of viewers) viewer.close()
      await ends
      mock.timers.tick(10_000)
      assert.equal(fake.looks, 4)
      await view()
      assert.equal(fake.looks, 5)
    })
  })

  it('shares out what was served while the process was too busy to look', async () => {
    const fake = new FakeKeel()
    await serving(inspector(fake.keel), async ({ view }) => {
      const viewer = await view()
      await viewer.frame()
      mock.timers.tick(1000)
      await viewer.frame()
      fake.requests = 90
      mock.timers.setTime(start + 4000)
      mock.timers.tick(0)
      const { rows } = await viewer.frame()
      assert.deepEqual(rows?.requests, [30, 30, 30])
    })
  })

  it('skips frames for a viewer that does not read, and then tells it all', async () => {
    const fake = new FakeKeel(Array.from({ length: 500 }, (_, i) => connection(i)))
    await serving(inspector(fake.keel), async ({ server, view }) => {
      const [response, viewer] = await Promise.all([nextResponse(server), view()])
      await viewer.frame()
      const { writableHighWaterMark: most } = response
      const ticks = Math.ceil(most / 2500) + 10
      // Nothing leaves this process while it does not wait.
      for (let i = 0; i < ticks; i++) {
        fake.emit('open')
        mock.timers.tick(1000)
      }
      assert.ok(response.writableLength < most + 8192, `${response.writableLength} bytes are kept`)
      await once(response, 'drain')
      mock.timers.tick(1000)
      let frames = 1
      let frame: Frame = await viewer.frame()
      while (!frame.complete) {
        frame = await viewer.frame()
        frames++
      }
      assert.ok(frames < ticks, `${frames} frames came of ${ticks + 1}`)
      assert.equal(sum(frame.rows?.opened), ticks)
    })
  })

  it('gives up on a viewer that has not read for 30 frames', async () => {
    const fake = new FakeKeel(Array.from({ length: 500 }, (_, i) => connection(i)))
    await serving(inspector(fake.keel), async ({ server, view }) => {
      const [response, viewer] = await Promise.all([nextResponse(server), view()])
      await viewer.frame()
      const closed = once(response, 'close')
      for (let i = 0; i < 80; i++) mock.timers.tick(1000)
      assert.equal(response.destroyed, true)
      await closed
      const { looks } = fake
      mock.timers.tick(5000)
      assert.equal(fake.looks, looks)
    })
  })

  it('says goodbye when its connection is retired, and goes on over another', () =>
    watched({}, async ({ view }, keel) => {
      const viewer = await view()
      await viewer.frame()
      assert.equal(keel.retire(viewer.key), true)
      assert.equal(await viewer.event(), 'event: goodbye\ndata:')
      assert.equal(await viewer.event(), undefined)
      const { now } = await (await view()).frame()
      assert.equal(now?.totals.retired.manual, 1)
      assert.equal(now?.viewers, 1)
    }))

  it('says goodbye at once where its connection was retired before', () =>
    watched({}, async ({ server, connect }, keel) => {
      const client = await connect()
      const asked = nextResponse(server)
      client.send('GET /keel?events HTTP/1.1\r\nHost: localhost\r\n\r\n')
      await asked
      keel.retire(client.key)
      assert.match((await client.response()).body, /\n\nevent: goodbye\ndata:\n\n$/)
      const last = await client.request('/keel?events')
      assert.equal(last.body, 'event: goodbye\ndata:\n\n')
      assert.equal(last.headers.get('connection'), 'close')
      assert.equal(await client.ended, 'fin')
    }))

  it('tells that there is no keel yet, and of one as soon as there is', async () => {
    const fake = new FakeKeel([connection(1)])
    let keel: Keel | undefined
    await serving(
      inspector(() => keel),
      async ({ view }) => {
        const viewer = await view()
        assert.equal((await viewer.frame()).now, undefined)
        keel = fake.keel
        mock.timers.tick(1000)
        const { now, complete } = await viewer.frame()
        assert.equal(now?.connections.total, 1)
        assert.equal(complete, true)
        keel = new FakeKeel([connection(1), connection(2)]).keel
        mock.timers.tick(1000)
        const other = await viewer.frame()
        assert.equal(other.now?.connections.total, 2)
        assert.equal(other.complete, true)
        assert.equal(fake.listeners, 0, 'the former keel is let go')
      },
    )
  })

  it('collects from the first connection on, where middleware has a keel only then', async () => {
    let keel: Keel | undefined
    const page = inspector(() => keel)
    await serving(
      (request, response) => {
        if (request.url?.startsWith('/keel')) return page(request, response)
        response.end('ok')
      },
      async ({ server, connect, view }) => {
        keel = attach(server)
        const clients = [await connect(), await connect()]
        for (const client of clients) await client.request('/')
        mock.timers.tick(1000)
        const { rows } = await (await view()).frame()
        assert.deepEqual(rows?.open, [2])
        assert.ok((rows?.opened[0] ?? 0) >= 1)
      },
    )
  })

  it('tells of a dry run and of a drain, while it goes on', async () => {
    const fake = new FakeKeel([connection(1)])
    await serving(inspector(fake.keel), async ({ view }) => {
      const viewer = await view()
      const { now } = await viewer.frame()
      assert.equal(now?.limits.dryRun, true)
      assert.equal(now?.ready, true)
      assert.equal(now?.draining, undefined)
      fake.emit('drain', { connections: 30, fraction: 0.25 })
      mock.timers.tick(1000)
      assert.deepEqual((await viewer.frame()).now?.draining, { connections: 30, fraction: 0.25 })
      fake.emit('drained')
      mock.timers.tick(1000)
      assert.equal((await viewer.frame()).now?.draining, undefined)
    })
  })

  it('has a name to tell processes apart: the one given', async () => {
    const page = inspector(new FakeKeel().keel, { name: 'shop 7' })
    await serving(page, async ({ view }) => {
      assert.equal((await (await view()).frame()).name, 'shop 7')
    })
  })

  it('names the 20 busiest of many peers, in a frame that stays small', async () => {
    const fake = new FakeKeel(Array.from({ length: 10_000 }, (_, i) => connection(i)))
    await serving(inspector(fake.keel), async ({ view }) => {
      const viewer = await view()
      const text = (await viewer.event()) ?? ''
      const { now }: Frame = JSON.parse(text.slice('data: '.length))
      assert.equal(now?.peers.count, 200)
      assert.equal(now?.peers.busiest.length, 20)
      assert.equal(now?.connections.total, 10_000)
      assert.ok(text.length < 8192, `a frame has ${text.length} characters`)
    })
  })
})
