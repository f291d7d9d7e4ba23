import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type InspectorHandler, inspector } from '@evenkeel/inspector'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser, noBrowser } from '../browser.js'
import { watchConduct } from './conduct.js'
import { documented } from './documented.js'
import { connection, FakeKeel } from './fake-keel.js'
import { type Serving, serving } from './serving.js'

/** A server that is looked at, and whatever page is to be shown of it. */
interface Shown extends Serving {
  readonly keel: Keel
  page: InspectorHandler
}

async function showing(options: ServerOptions, test: (shown: Shown) => Promise<void>): Promise<void> {
  let shown: Shown | undefined
  await serving(
    (request, response) => {
      if (request.url?.startsWith('/keel')) shown?.page(request, response)
      else response.end('ok')
    },
    async (context) => {
      const keel = attach(context.server, options)
      shown = { ...context, keel, page: inspector(keel, { name: 'shop 7', maxViewers: 2 }) }
      await test(shown)
    },
  )
}

/** What the page says: the numbers on its tiles and in its tables, by their names. */
const said = `({
  ...Object.fromEntries([...document.querySelectorAll('#tiles > div')].map((tile) =>
    [tile.querySelector('dt').textContent, tile.querySelector('dd').textContent])),
  ...Object.fromEntries([...document.querySelectorAll('#totals tbody tr')].map((row) =>
    [row.cells[0].textContent, row.cells[1].textContent])),
})`
const nextChange = `new Promise((resolve) => new MutationObserver(resolve)
  .observe(document.body, { subtree: true, childList: true, characterData: true }))`

/** The sum of a histogram's bars, as their titles say. */
const barsOf = (heading: string): string => `[...document.querySelectorAll('figure')]
  .find((figure) => figure.querySelector('h3').textContent === ${JSON.stringify(heading)})
  .querySelectorAll('.bar title').values().reduce((sum, title) =>
    sum + Number(title.textContent.match(/: ([\\d,]+) conn/)[1].replaceAll(',', '')), 0)`

/** Waits, change by change, until the page says what is expected of it by then. */
async function says(page: Page, expected: () => Record<string, number>): Promise<void> {
  for (let changes = 0; ; changes++) {
    const now = await page.evaluate<Record<string, string>>(said)
    const numbers = Object.entries(expected()).map(([name, value]) => [name, value.toLocaleString('en')])
    const seen = numbers.map(([name = '']) => [name, now[name]])
    if (JSON.stringify(seen) === JSON.stringify(numbers)) return
    if (changes === 2000) assert.deepEqual(seen, numbers)
    await page.evaluate(nextChange)
  }
}

/** One row of a table, by its first cell. */
function cells(page: Page, table: string, name: string): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('${table} tbody tr')]
    .map((row) => [...row.cells].map((cell) => cell.textContent))
    .find(([first]) => first === '${name}') ?? []`)
}

/** Waits, picture by picture, until an expression is true. (The page's own policy forbids what looks again by itself.) */
function becomes(page: Page, expression: string): Promise<void> {
  return page.evaluate(`new Promise((resolve) => {
    const look = () => (${expression} ? resolve() : requestAnimationFrame(look))
    look()
  })`)
}

const isLive = (page: Page): Promise<unknown> => page.waitForSelector('#status[data-state="live"]')

describe('the page in a browser', { timeout: 60_000, skip: noBrowser }, () => {
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser?.close())

  async function open(port: number, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options })
    await page.goto(`http://127.0.0.1:${port}/keel`)
    return page
  }

  it("tells the server's numbers, asks for nothing but its stream, and gives no cause for complaint", () =>
    showing({ maxRequestsPerConnection: 3, jitter: 0 }, async ({ keel, connect, port }) => {
      for (let client = 0; client < 7; client++) {
        const { ended, request, socket } = await connect().then((raw) => ({
          ended: raw.ended,
          socket: raw.socket,
          request: () => raw.request('/'),
        }))
        for (let i = 0; i < (client < 2 ? 3 : 2); i++) await request()
        if (client >= 2) continue
        await ended
        socket.destroy()
      }
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
      const { complaints, requests } = watchConduct(page)
      await page.goto(`http://127.0.0.1:${port}/keel`)
      await isLive(page)
      await says(page, () => {
        const { connections, totals } = keel.snapshot()
        return {
          'open connections': connections.total,
          'connections opened': totals.opened,
          'connections closed': totals.closed,
          'connections retired': 2,
          requests: totals.requests,
        }
      })
      assert.equal(await page.evaluate(barsOf('Requests so far')), keel.snapshot().connections.total)
      assert.equal(await page.evaluate(barsOf('Requests in all')), keel.snapshot().totals.closed)
      const { total, active, idle } = keel.snapshot().connections
      const peer = (await cells(page, '#peers', '127.0.0.1')).slice(0, 4)
      assert.deepEqual(peer, ['127.0.0.1', `${total}`, `${active}`, `${idle}`])
      const [, ...closes] = await cells(page, '#closes', 'max-requests it served all its requests')
      assert.equal(
        closes.reduce((sum, count) => sum + Number(count), 0),
        2,
      )
      const [, limit] = await cells(
        page,
        '#limits',
        'maxRequestsPerConnection requests that one connection serves',
      )
      assert.equal(limit, '3')
      assert.equal(await page.title(), 'shop 7 – Even Keel')
      const headings = `[...document.querySelectorAll('#fleet h2, h3, .columns h2')].map((heading) => heading.textContent)`
      assert.deepEqual(await page.evaluate(headings), documented('What it shows'))
      assert.deepEqual(complaints, [])
      const own = `http://127.0.0.1:${port}/keel`
      assert.deepEqual(requests, [own, `${own}?events=`])
      await page.close()
    }))

  it('is light or dark as its reader likes, also when they change their mind', () =>
    showing({}, async ({ port }) => {
      const page = await open(port, { colorScheme: 'light' })
      const { complaints } = watchConduct(page)
      await isLive(page)
      const ground = 'getComputedStyle(document.body).backgroundColor'
      const swatch = `document.querySelector('.legend canvas').toDataURL()`
      const look = `${ground}, ${swatch}`
      const light = await page.evaluate<string[]>(`[${look}]`)
      await page.emulateMedia({ colorScheme: 'dark' })
      await becomes(page, `${JSON.stringify(light)}.every((was, i) => [${look}][i] !== was)`)
      assert.deepEqual(complaints, [])
      await page.close()
    }))

  it('fits a narrow screen', () =>
    showing({}, async ({ port }) => {
      const page = await open(port, { viewport: { width: 320, height: 640 } })
      await isLive(page)
      await page.waitForSelector('#limits tbody tr')
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320)
      await page.close()
    }))

  it('comes back when its connection is retired, and says so when it has found another server', () =>
    showing({}, async (shown) => {
      const { keel, port } = shown
      const page = await open(port)
      const { complaints } = watchConduct(page)
      await isLive(page)
      await page.evaluate(`{
        window.statuses = []
        const status = document.getElementById('status')
        new MutationObserver(() => window.statuses.push(status.dataset.state)).observe(status, { attributes: true })
      }`)
      shown.page = inspector(keel, { name: 'shop 8' })
      for (const { key } of keel.connections()) keel.retire(key)
      await becomes(page, `document.getElementById('server').textContent === 'shop 8'`)
      const statuses = await page.evaluate<string[]>('[...new Set(window.statuses)]')
      assert.deepEqual(statuses, ['reconnecting', 'live'])
      assert.deepEqual(complaints, [])
      await page.close()
    }))

  it('shows what it is told as text, whatever it is', () =>
    showing({}, async (shown) => {
      const markup = '<b onclick="alert(1)">bold</b>'
      const fake = new FakeKeel([{ ...connection(1), address: markup }])
      shown.page = inspector(fake.keel, { name: markup })
      const page = await open(shown.port)
      await isLive(page)
      assert.equal(await page.locator('#server').textContent(), markup)
      assert.deepEqual((await cells(page, '#peers', markup)).slice(0, 2), [markup, '1'])
      assert.equal(await page.locator('b').count(), 0)
      await page.close()
    }))

  it('comes back at once, but pauses before a server that turns it away each time', () =>
    showing({}, async (shown) => {
      const { page: own } = shown
      shown.page = (request, response) => {
        if (!request.url?.endsWith('?events=')) own(request, response)
        else response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('event: goodbye\ndata:\n\n')
      }
      const page = await browser.newPage()
      await page.addInitScript(`{
        window.pauses = []
        const wait = setTimeout
        window.setTimeout = (then, pause) => window.pauses.push(pause) && wait(then, pause)
      }`)
      await page.goto(`http://127.0.0.1:${shown.port}/keel`)
      await becomes(page, 'window.pauses.length > 2')
      assert.deepEqual(await page.evaluate('window.pauses.slice(0, 3)'), [0, 0, 1000])
      await page.close()
    }))

  it('says when it is not let in, and rests while nobody sees it', () =>
    showing({}, async (shown) => {
      const { server, port, page: own } = shown
      shown.page = (request, response) => {
        if (!request.url?.endsWith('?events=')) own(request, response)
        else response.writeHead(503).end()
      }
      const page = await browser.newPage()
      await page.addInitScript(
        `Object.defineProperty(document, 'hidden', { get: () => window.unseen === true })`,
      )
      await page.clock.install()
      await page.goto(`http://127.0.0.1:${port}/keel`)
      await page.waitForSelector('#status[data-state="refused"]')
      shown.page = own
      await page.clock.fastForward(5000)
      await isLive(page)
      const [, response] = await Promise.all([
        page.evaluate(`{ window.unseen = true; document.dispatchEvent(new Event('visibilitychange')) }`),
        page.clock.fastForward(30_000),
      ])
      assert.equal(response, undefined)
      await page.waitForSelector('#status[data-state="resting"]')
      const again = once(server, 'request')
      await page.evaluate(`{ window.unseen = false; document.dispatchEvent(new Event('visibilitychange')) }`)
      await again
      await isLive(page)
      await page.close()
    }))

  it('says that another viewer took its place, and comes back only when it is looked at again', () =>
    showing({}, async ({ server, port, view }) => {
      let streams = 0
      server.on('request', ({ url }) => {
        if (url?.includes('events')) streams++
      })
      const page = await browser.newPage()
      const { complaints } = watchConduct(page)
      await page.clock.install()
      await page.goto(`http://127.0.0.1:${port}/keel`)
      await isLive(page)
      const viewers = [await view(), await view()]
      await page.waitForSelector('#status[data-state="displaced"]')
      assert.equal(
        await page.locator('#status').textContent(),
        'Another viewer took this place. Reload to look again.',
      )
      await page.clock.fastForward(600_000)
      assert.equal(await page.locator('#status').getAttribute('data-state'), 'displaced')
      assert.equal(streams, 3)
      await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
      await isLive(page)
      assert.equal(streams, 4)
      let event = await viewers[0]?.event()
      while (event?.startsWith('data: ')) event = await viewers[0]?.event()
      assert.equal(event, 'event: displaced\ndata:')
      assert.deepEqual(complaints, [])
      await page.close()
    }))

  it('is not served under a name that a web site lets point here, until hosts has it', () =>
    showing({}, async (shown) => {
      const page = await browser.newPage()
      const address = `http://rebound.example:${shown.port}/keel`
      const answer = await page.goto(address)
      assert.equal(answer?.status(), 403)
      assert.match((await answer?.text()) ?? '', /"rebound\.example".* hosts: \["rebound\.example"\]/)
      shown.page = inspector(shown.keel, { hosts: ['rebound.example'] })
      await page.goto(address)
      await isLive(page)
      await page.close()
    }))

  it('streams to no page of another site, which takes nobody a place', () =>
    showing({}, async ({ server, port, view }) => {
      const page = await browser.newPage()
      const viewers = [await view(), await view()]
      await page.goto(`http://localhost:${port}/elsewhere`)
      const answered = new Promise((resolve) => {
        server.prependListener('request', ({ url }, response) => {
          if (url?.includes('events')) response.once('finish', () => resolve(response.statusCode))
        })
      })
      await page.evaluate(`void new EventSource('http://127.0.0.1:${port}/keel?events')`)
      assert.equal(await answered, 403)
      for (const viewer of viewers) await viewer.frame()
      await page.close()
    }))

  it('says that there is no keel yet, what a dry run is, and what is wrong and its cure', () =>
    showing({}, async (shown) => {
      let keel: Keel | undefined
      shown.page = inspector(() => keel)
      const page = await open(shown.port)
      await page.waitForSelector('text=No keel yet.')
      assert.equal(await page.locator('#content').isVisible(), false)
      const fake = new FakeKeel([connection(1, 'upgraded')])
      fake.totals = { late: 1, refused: 2, destroyed: 3, idleCloses: { client: 0, server: 4 } }
      keel = fake.keel
      for (const sentence of [
        'Dry run.',
        '1 request came late.',
        '2 connections refused.',
        '3 connections cut with work in flight.',
        '4 idle connections ended by the server first.',
      ])
        await page.waitForSelector(`text=${sentence}`)
      await page.close()
    }))

  it('shows 2,000 connections that another process has opened', () =>
    showing({}, async ({ keel, port }) => {
      const crowd = fork(join(import.meta.dirname, 'crowd.js'), [`${port}`, '2000'])
      try {
        await once(crowd, 'message')
        const page = await open(port)
        await isLive(page)
        await says(page, () => ({ 'open connections': keel.snapshot().connections.total, peers: 51 }))
        const { total } = keel.snapshot().connections
        assert.ok(total > 2_000)
        for (const heading of ['Age', 'Requests so far'])
          assert.equal(await page.evaluate(barsOf(heading)), total)
        assert.equal(await page.locator('#peers tbody tr').count(), 20)
        await page.close()
      } finally {
        crowd.disconnect()
        await once(crowd, 'exit')
      }
    }))
})
