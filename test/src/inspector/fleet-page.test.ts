import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { createFleet, memoryStore } from '@evenkeel/fleet'
import { inspector } from '@evenkeel/inspector'
import { attach, type Keel } from '@evenkeel/node'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, noBrowser } from '../browser.js'
import { watchConduct } from './conduct.js'
import { FakeKeel, members, status } from './fake-keel.js'
import { serving } from './serving.js'

/** A keel in a fleet, and the members that its store tells of. */
function member(loads: readonly number[]): FakeKeel {
  const fake = new FakeKeel()
  fake.fleet = status('shedding')
  fake.answer = async () => members(loads)
  return fake
}

/** The rows of the members' table, cell by cell. */
function rowsOf(page: Page): Promise<string[][]> {
  return page.evaluate(`[...document.querySelectorAll('#members tbody tr')]
    .map((row) => [...row.cells].map((cell) => cell.textContent))`)
}

/** Where the parts of each bar end: the load and the line of the fair share, in percent of the scale. */
function barsOf(page: Page): Promise<[string, string][]> {
  return page.evaluate(`[...document.querySelectorAll('#members .burden')]
    .map(({ style }) => ['--load', '--fair'].map((name) => parseFloat(style.getPropertyValue(name)).toFixed(1)))`)
}

describe("the page, of the server's fleet", { timeout: 60_000, skip: noBrowser }, () => {
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser?.close())

  /** Shows a keel in a page of its own. */
  const showing = (keel: Keel, test: (page: Page) => Promise<void>): Promise<void> =>
    serving(inspector(keel), async ({ port }) => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
      const { complaints } = watchConduct(page)
      await page.goto(`http://127.0.0.1:${port}/`)
      await page.waitForSelector('#status[data-state="live"]')
      await test(page)
      assert.deepEqual(complaints, [])
      await page.close()
    })

  it('shows the load of 4 members against their fair shares, and marks its own', () =>
    showing(member([330, 240, 390, 240]).keel, async (page) => {
      await page.waitForSelector('#members tbody tr')
      assert.deepEqual(await rowsOf(page), [
        ['shop-2', '1.30', '390', '300', '1'],
        ['shop-0 (this server)', '1.10', '330', '300', '1'],
        ['shop-1', '0.80', '240', '300', '1'],
        ['shop-3', '0.80', '240', '300', '1'],
      ])
      assert.deepEqual(await barsOf(page), [
        ['86.7', '66.7'],
        ['73.3', '66.7'],
        ['53.3', '66.7'],
        ['53.3', '66.7'],
      ])
      assert.equal(await page.locator('#members strong').textContent(), 'shop-0')
      assert.equal(
        await page.locator('#fleet-state').textContent(),
        'Shedding: this server has more than its fair share of the load, and connections leave it.',
      )
      const tiles = await page.locator('#fleet-tiles .figure').allTextContents()
      assert.deepEqual(tiles, ['4', '330', '300', '30', '12', '0'])
    }))

  it('shows the ends of 1,000 members and how many are between them, on a narrow screen too', () => {
    const fake = member([350, ...Array.from({ length: 999 }, (_, i) => 250 + (i % 100))])
    return showing(fake.keel, async (page) => {
      await page.waitForSelector('#members tbody tr')
      const names = (await rowsOf(page)).map(([name]) => name)
      assert.equal(names.length, 13)
      assert.equal(names[0], 'shop-0 (this server)')
      assert.equal(names[8], '… 988 others')
      assert.match((await page.locator('#members caption').textContent()) ?? '', /^12 of 1,000 members/)
      await page.setViewportSize({ width: 320, height: 640 })
      fake.answer = async () => [{ id: `${'n'.repeat(63)}-1-9f3a2b1c`, load: 330, weight: 0.25, isOwn: true }]
      await page.waitForSelector('#members >> text=nnn')
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320)
    })
  })

  it('says what stands in the way of an even load, and what helps; that the store does not answer; and nothing without a fleet', () => {
    const fake = member([330, 270])
    return showing(fake.keel, async (page) => {
      await page.waitForSelector('#members tbody tr')
      fake.fleet = status('sticky')
      await page.waitForSelector('.notice.warning >> text=Sticky: this server has more than its fair share')
      await page.waitForSelector('text=choose another balancing method')
      fake.fleet = status('unreachable')
      fake.answer = () => Promise.reject(new Error('refused'))
      await page.waitForSelector('text=The members are not known: the store does not answer.')
      await page.waitForSelector('.notice.warning >> text=check its address and whether it is up')
      fake.fleet = undefined
      await page.waitForSelector('#fleet', { state: 'hidden' })
    })
  })

  it('shows 2 servers that share a store', async () => {
    const store = memoryStore()
    const other = createServer().listen(0, '127.0.0.1')
    attach(other, { fleet: createFleet({ store, interval: 50 }) })
    const server = createServer().listen(0, '127.0.0.1')
    const keel = attach(server, { fleet: createFleet({ store, interval: 50 }) })
    try {
      await showing(keel, async (page) => {
        await page.waitForSelector('#members tbody tr:nth-child(2)')
        const ids = (await keel.members()).map(({ id, isOwn }) => (isOwn ? `${id} (this server)` : id))
        const shown = (await rowsOf(page)).map(([name = '']) => name)
        assert.deepEqual(shown.sort(), ids.sort())
      })
    } finally {
      for (const each of [server, other]) each.close()
    }
  })
})
