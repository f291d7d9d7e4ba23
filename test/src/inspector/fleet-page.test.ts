import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { inspector } from '@evenkeel/inspector'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, noBrowser } from '../browser.js'
import { type Conduct, watchConduct } from './conduct.js'
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
  const showing = (
    fake: FakeKeel,
    test: (page: Page, conduct: Conduct) => Promise<void>,
    viewport = { width: 1280, height: 900 },
  ): Promise<void> =>
    serving(inspector(fake.keel), async ({ port }) => {
      const page = await browser.newPage({ viewport })
      const conduct = watchConduct(page)
      await page.goto(`http://127.0.0.1:${port}/`)
      await page.waitForSelector('#status[data-state="live"]')
      await test(page, conduct)
      assert.deepEqual(conduct.complaints, [])
      await page.close()
    })

  it('shows the load of 4 members against their fair shares, and marks its own', () =>
    showing(member([330, 240, 390, 240]), async (page) => {
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

  it('shows 13 of 1,000 members, and how many are between them', () =>
    showing(member([350, ...Array.from({ length: 999 }, (_, i) => 250 + (i % 100))]), async (page) => {
      await page.waitForSelector('#members tbody tr')
      const names = (await rowsOf(page)).map(([name]) => name)
      assert.equal(names.length, 13)
      assert.equal(names[0], 'shop-0 (this server)')
      assert.equal(names[8], '… 988 others')
      assert.match((await page.locator('#members caption').textContent()) ?? '', /^12 of 1,000 members/)
    }))

  it('says what stands in the way of an even load, and what helps; and when the store does not answer', () => {
    const fake = member([330, 270])
    return showing(fake, async (page) => {
      await page.waitForSelector('#members tbody tr')
      fake.fleet = status('sticky')
      await page.waitForSelector('.notice.warning >> text=Sticky: this server has more than its fair share')
      await page.waitForSelector('text=choose another balancing method')
      fake.fleet = status('unreachable')
      fake.answer = () => Promise.reject(new Error('refused'))
      await page.waitForSelector('text=The members are not known: the store does not answer.')
      await page.waitForSelector('.notice.warning >> text=check its address and whether it is up')
    })
  })

  it('has no view of a fleet where there is none', () =>
    showing(new FakeKeel(), async (page) => {
      await page.waitForSelector('#limits tbody tr')
      assert.equal(await page.locator('#fleet').isVisible(), false)
    }))

  it('fits a narrow screen, names of 63 letters and all', () => {
    const fake = member([330])
    fake.answer = async () => [{ id: `${'n'.repeat(63)}-1-9f3a2b1c`, load: 330, weight: 0.25, isOwn: true }]
    return showing(
      fake,
      async (page) => {
        await page.waitForSelector('#members tbody tr')
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320)
      },
      { width: 320, height: 640 },
    )
  })
})
