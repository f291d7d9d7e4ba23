import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser, noBrowser } from '../browser.js'

const demo = join(import.meta.dirname, '../../../examples/rebalance/dist/demo.js')

describe('rebalance, the demo', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rebalance-'))
  const file = join(folder, 'report.html')
  let ended: { code: unknown; stdout: string; stderr: string }
  before(async () => {
    ended = await runDemo('--seconds', '5', '--json', '--report', file)
  })
  after(() => rmSync(folder, { recursive: true }))

  it('evens out with a limit, loses nothing in any run and says so in one JSON document', () => {
    const { ok, findings, report } = JSON.parse(ended.stdout)
    assert.deepEqual(
      { ok, code: ended.code, report },
      { ok: true, code: 0, report: file },
      JSON.stringify(findings),
    )
  })

  it('scrapes metrics that say what the clients saw, and the clients saw connections end', () => {
    const [bare, limit, fleet] = JSON.parse(ended.stdout).runs
    assert.deepEqual([bare.act, limit.act, fleet.act], ['without', 'limit', 'fleet'])
    assert.equal(bare.metrics, undefined)
    for (const { counts, metrics, connectionsOpened } of [limit, fleet]) {
      assert.equal(counts.length, 8)
      for (const { name, clients, metrics } of counts) assert.equal(metrics, clients, name)
      assert.equal(metrics.opened, connectionsOpened)
    }
    assert.ok(limit.metrics.retired['max-requests'] > 80, JSON.stringify(limit.metrics))
  })

  it('has a fleet of servers that know of each other', () => {
    const [, limit, { statuses }] = JSON.parse(ended.stdout).runs
    assert.deepEqual(limit.statuses, [])
    assert.equal(statuses.length, 4)
    assert.ok(statuses[0].members >= 2, JSON.stringify(statuses))
  })

  describe('its report, in a browser', { skip: noBrowser }, () => {
    let browser: Browser
    before(async () => {
      browser = await launchBrowser()
    })
    after(() => browser?.close())

    for (const colorScheme of ['light', 'dark'] as const) {
      it(`is ${colorScheme} where the screen is, with 9 plots, no error and no request`, async () => {
        const { page, noise } = await open(browser, file, { colorScheme })
        assert.deepEqual(noise, [])
        assert.equal((await plots(page)).filter(({ width, shapes }) => width > 300 && shapes > 5).length, 9)
        const { paper, ink } = await tones(page)
        assert.ok(colorScheme === 'light' ? paper > ink : paper < ink, `${paper} under ${ink}`)
      })
    }

    it('fits a screen of 360 pixels, one plot below the other', async () => {
      const { page } = await open(browser, file, { viewport: { width: 360, height: 740 } })
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360)
      assert.equal(new Set((await plots(page)).map(({ left }) => left)).size, 1)
    })

    it('is dark on light on paper, also from a dark screen, and its 9 plots are drawn there', async () => {
      const { page } = await open(browser, file, { colorScheme: 'dark' })
      await page.emulateMedia({ media: 'print' })
      const { paper, ink } = await tones(page)
      assert.ok(paper > ink, `${paper} under ${ink}`)
      assert.equal((await plots(page)).filter(({ width }) => width > 200).length, 9)
      assert.match((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString(), /^%PDF-/)
    })
  })
})

function runDemo(...parameters: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { timeout: 50_000, maxBuffer: 16 * 1024 * 1024 }
    execFile(process.execPath, [demo, ...parameters], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal), stdout, stderr })
    })
  })
}

/** The page, and all that it said, threw or asked for. */
async function open(
  browser: Browser,
  file: string,
  options: BrowserContextOptions,
): Promise<{ page: Page; noise: string[] }> {
  const url = pathToFileURL(file).href
  const noise: string[] = []
  const page = await browser.newPage(options)
  page.on('console', (message) => noise.push(message.text()))
  page.on('pageerror', (error) => noise.push(error.message))
  page.on('request', (request) => {
    const asked = request.url()
    if (asked !== url && !asked.startsWith('data:')) noise.push(asked)
  })
  await page.goto(url, { waitUntil: 'load' })
  return { page, noise }
}

/** Where the plots are on the page, and of how many shapes each is made. */
async function plots(page: Page): Promise<{ left: number; width: number; shapes: number }[]> {
  return page.evaluate(`[...document.querySelectorAll('figure svg')].map((svg) => {
    const { left, width } = svg.getBoundingClientRect()
    const drawn = [...svg.querySelectorAll('rect, path, line')].filter((shape) => shape.getBoundingClientRect().width > 0)
    return { left, width, shapes: drawn.length }
  })`)
}

/** How light paper and ink are. */
async function tones(page: Page): Promise<{ paper: number; ink: number }> {
  return page.evaluate(`(() => {
    const { backgroundColor, color } = getComputedStyle(document.body)
    const light = (colour) => colour.match(/\\d+/g).map(Number).reduce((sum, part) => sum + part)
    return { paper: light(backgroundColor), ink: light(color) }
  })()`)
}
