import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createHttp2Server } from 'node:http2'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { inspector } from '@evenkeel/inspector'
import { attach } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import { session } from '../http2/serving.js'
import { connection, FakeKeel } from './fake-keel.js'
import { nextResponse, serving } from './serving.js'
import type { ViewingClient } from './viewing.js'

const displaced = 'event: displaced\ndata:'

/** Each of them, and nobody else, is shown another second. */
async function look(viewers: readonly ViewingClient[], pageKeel: FakeKeel): Promise<void> {
  const { looks } = pageKeel
  mock.timers.tick(1000)
  await Promise.all(viewers.map((viewer) => viewer.frame()))
  assert.equal(pageKeel.looks, looks + 1)
}

async function isDisplaced(viewer: ViewingClient | undefined): Promise<void> {
  assert.equal(await viewer?.event(), displaced)
  assert.equal(await viewer?.event(), undefined)
}

describe('places for viewers', { timeout: 20_000 }, () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_800_000_000_500 }))
  afterEach(() => mock.timers.reset())

  it('20 viewers who read do not lock out number 21: the one who has looked longest makes room', async () => {
    const fake = new FakeKeel()
    await serving(inspector(fake.keel), async ({ view }) => {
      const viewers: ViewingClient[] = []
      for (let i = 0; i < 20; i++) viewers.push(await view())
      await Promise.all(viewers.map((viewer) => viewer.frame()))
      await look(viewers, fake)
      for (let i = 0; i < 3; i++) {
        const newcomer = await view()
        assert.equal(newcomer.status, 200)
        assert.equal((await newcomer.frame()).complete, true)
        await isDisplaced(viewers.shift())
        viewers.push(newcomer)
        await look(viewers, fake)
      }
    })
  })

  for (const [what, held, newcomer, gone] of [
    ['the address that holds 2 of 3 makes room, not the oldest of all', [1, 2, 2], 3, 1],
    ['an address that comes a second time makes room itself, not the oldest of all', [1, 2, 3], 3, 2],
    ['of two addresses that hold 2 the oldest viewer makes room', [1, 2, 2, 1], 3, 0],
    ['one address that comes again and again keeps nobody else out', [1, 1, 1, 2], 1, 0],
  ] as const) {
    it(what, async () => {
      const fake = new FakeKeel()
      await serving(inspector(fake.keel, { maxViewers: held.length }), async ({ view }) => {
        const viewers: ViewingClient[] = []
        for (const from of [...held, newcomer]) {
          const viewer = await view('/keel?events', `127.0.0.${from}`)
          assert.equal(viewer.status, 200)
          assert.equal((await viewer.frame()).complete, true)
          viewers.push(viewer)
        }
        const [loser] = viewers.splice(gone, 1)
        await isDisplaced(loser)
        await look(viewers, fake)
      })
    })
  }

  it('a viewer who left has none: with 1 of 2 free, nobody makes room', async () => {
    const fake = new FakeKeel()
    await serving(inspector(fake.keel, { maxViewers: 2 }), async ({ server, view }) => {
      const [response, first] = await Promise.all([nextResponse(server), view()])
      const second = await view()
      await second.frame()
      const closed = once(response, 'close')
      first.close()
      await closed
      const third = await view()
      await third.frame()
      await look([second, third], fake)
    })
  })

  it('one who makes room and does not read is cut at once', async () => {
    const fake = new FakeKeel()
    // More than the buffers of both ends hold.
    fake.totals = Object.fromEntries([['late', 'x'.repeat(2 ** 25)]])
    await serving(inspector(fake.keel, { maxViewers: 1 }), async ({ server, view }) => {
      const [response] = await Promise.all([nextResponse(server), view()])
      const { socket } = response
      const cut = once(response, 'close')
      assert.equal((await view()).status, 200)
      await cut
      assert.equal(socket?.destroyed, true)
    })
  })

  it('one who does not read the goodbye is cut after 30 frames, and holds no place until then', async () => {
    const fake = new FakeKeel(Array.from({ length: 500 }, (_, i) => connection(i)))
    await serving(inspector(fake.keel, { maxViewers: 1 }), async ({ server, view }) => {
      const keel = attach(server)
      const [response, viewer] = await Promise.all([nextResponse(server), view()])
      await viewer.frame()
      while (!response.writableNeedDrain) mock.timers.tick(1000)
      keel.retire(viewer.key)
      assert.equal(response.writableEnded, true)
      const cut = once(response, 'close')
      for (let i = 0; i < 30; i++) mock.timers.tick(1000)
      assert.equal(response.destroyed, true)
      await cut
      const { looks } = fake
      mock.timers.tick(5000)
      assert.equal(fake.looks, looks, 'nobody looks any more')
    })
  })

  it('a newcomer whose connection is retired already takes none', async () => {
    const fake = new FakeKeel()
    const page = inspector(fake.keel, { maxViewers: 1 })
    await serving(
      (request, response) => (request.url === '/wait' ? undefined : page(request, response)),
      async ({ server, view, connect }) => {
        const keel = attach(server)
        const viewer = await view()
        await viewer.frame()
        const client = await connect()
        await client.request('/keel')
        keel.retire(client.key)
        assert.match((await client.request('/keel?events')).body, /\n\nevent: goodbye\ndata:\n\n$/)
        await look([viewer], fake)
      },
    )
  })

  it('over HTTP/2 one stream of a session makes room for another', () =>
    listening(createHttp2Server(inspector(new FakeKeel().keel, { maxViewers: 1 })), async ({ port }) => {
      const client = await session(port)
      const view = () => client.request({ ':path': '/keel?events' }).setEncoding('utf8')
      const first = view()
      let text = ''
      first.on('data', (data) => {
        text += data
      })
      await once(first, 'data')
      const ended = once(first, 'end')
      const second = view()
      const [frame] = await once(second, 'data')
      assert.match(String(frame), /^data: \{/)
      await ended
      assert.ok(text.endsWith(`\n\n${displaced}\n\n`))
      const closed = once(second, 'close')
      second.close()
      await closed
      client.destroy()
    }))
})
