import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Window } from 'happy-dom'
import { renderJson } from '../json.js'
import { planRun } from '../plan.js'
import { sampleFleet, sampleRun, sampleSeconds, sampleTraffic } from '../sample.js'
import { renderPage } from './page.js'
import { renderStill } from './still.js'

const hostile = '</script><img src="https://example.com/x" onerror="alert(1)">'
const outcome = {
  plan: planRun({ servers: 4, seconds: 30 }),
  runs: {
    without: sampleRun({
      seconds: sampleSeconds([50, 50, 0, 0], 0),
      judged: [300, 300, 0, 0],
      traffic: sampleTraffic({ failures: { [hostile]: 1 } }),
    }),
    limit: sampleRun({
      act: 'limit',
      seconds: sampleSeconds([25, 25, 26, 24], 10),
      judged: [150, 150, 156, 144],
      traffic: sampleTraffic({ opened: 350, lastResponses: 190 }),
      metrics: {
        open: 0,
        opened: 350,
        requests: 1001,
        retired: { 'max-requests': 190 },
        closed: { 'max-requests': 190, none: 160 },
      },
    }),
    fleet: sampleFleet(),
  },
  findings: [{ good: false, sentence: `1 x ${hostile}`, cure: '<b>none</b>' }],
}
const page = renderPage(outcome)
const document = new new Window().DOMParser().parseFromString(page, 'text/html')

test('9 plots, each of them with a sentence for those who do not see it', () => {
  const plots = [...document.querySelectorAll('figure svg')]
  assert.deepEqual(
    plots.map((plot) => plot.getAttribute('aria-label')),
    [
      'Share of requests of each server, without Even Keel. Judged: server 1 50%, server 2 50%, server 3 0%, server 4 0%.',
      'Share of requests of each server, with a limit. Judged: server 1 25%, server 2 25%, server 3 26%, server 4 24%.',
      'Share of requests of each server, with a fleet. Judged: server 1 26%, server 2 25%, server 3 25%, server 4 24%.',
      'Connections opened per second, without Even Keel. Judged: 0 a second.',
      'Connections opened per second, with a limit. Judged: 10 a second.',
      'Connections opened per second, with a fleet. Judged: 0 a second.',
      'Latency in each second, without Even Keel. Judged: half of the answers within 1.00 ms, 99 of 100 within 2.00 ms.',
      'Latency in each second, with a limit. Judged: half of the answers within 1.00 ms, 99 of 100 within 2.00 ms.',
      'Latency in each second, with a fleet. Judged: half of the answers within 1.00 ms, 99 of 100 within 2.00 ms.',
    ],
  )
})

test('a band for each server in each second, a bar for each second', () => {
  const rectangles = [...document.querySelectorAll('figure svg')].map(
    (svg) => svg.querySelectorAll('rect').length,
  )
  const bands = 5 * 2 + 25 * 4
  assert.deepEqual(rectangles, [bands, bands, bands, 30, 30, 30, 0, 0, 0])
})

test('axes tell their unit, and every plot marks the scale-out and the judged part', () => {
  const texts = [...document.querySelectorAll('figure svg')].map((svg) => svg.textContent)
  const units = ['share of requests', 'connections opened per second', 'latency']
  for (const [place, text] of texts.entries()) {
    const unit = units[Math.floor(place / 3)] ?? ''
    for (const word of [unit, 'seconds since the run began', '+ 2 servers', 'judged']) {
      assert.ok(text.includes(word), `${word} is not in ${text}`)
    }
  }
  assert.match(texts[6] ?? '', /0\.2 ms.*50 ms/)
})

test('the document is in the page, and nothing in it becomes markup', () => {
  const data = document.querySelector('script#data')?.textContent ?? ''
  assert.deepEqual(JSON.parse(data), JSON.parse(renderJson(outcome)))
  assert.deepEqual(
    [...document.querySelectorAll('img, b')].map(({ textContent }) => textContent),
    ['✘'],
  )
  assert.ok(document.querySelector('.verdict .bad')?.textContent.includes(`1 x ${hostile} <b>none</b>`))
})

test('the page loads nothing and runs nothing', () => {
  const loading =
    'script:not([type="application/json"]), img, iframe, object, link:not([href="data:,"]), [src], style + style'
  assert.deepEqual([...document.querySelectorAll(loading)].map(String), [])
  assert.doesNotMatch(page, /url\((?!#)|@import/)
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content')
  assert.equal(policy, "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
})

test('what the metrics say stands beside what the clients counted, and a difference is marked', () => {
  const section = [...document.querySelectorAll('section')].find((section) =>
    section.textContent.includes('The metrics do not say what the clients saw'),
  )
  const rows = [...(section?.querySelectorAll('tbody tr') ?? [])]
  assert.equal(rows.length, 8)
  assert.deepEqual(
    rows.filter((row) => row.querySelector('.bad')).map(({ textContent }) => textContent.trim()),
    ['requests1,0001,0011,0001,000'],
  )
})

test('the numbers behind the plots are there as a table: 30 seconds of each run', () => {
  const rows = [...document.querySelectorAll('details tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  )
  assert.equal(rows.length, 90)
  assert.deepEqual(rows[0], [
    '1',
    '50.0%',
    '50.0%',
    'not there yet',
    'not there yet',
    '80',
    '0.40 ms',
    '3.00 ms',
  ])
  assert.deepEqual(rows[35], ['6', '25.0%', '25.0%', '26.0%', '24.0%', '10', '0.40 ms', '30.0 ms'])
})

test('a still of the shares of the 3 runs, which needs nothing of the page', () => {
  const still = renderStill(outcome)
  const svg = new new Window().DOMParser().parseFromString(still, 'image/svg+xml')
  assert.equal(svg.querySelectorAll('g > svg').length, 3)
  const variables = new Set([...still.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name))
  for (const name of variables) assert.match(still, new RegExp(`${name}: #`))
  assert.doesNotMatch(still, /https?:(?!\/\/www\.w3\.org\/)/)
})
