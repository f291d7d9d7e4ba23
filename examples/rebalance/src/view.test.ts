import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { planRun } from './plan.js'
import { sampleFleet, sampleRun, sampleSeconds, sampleTraffic } from './sample.js'
import { chooseView } from './view.js'

const plan = planRun({ servers: 4, seconds: 30 })
const seconds = sampleSeconds([25, 25, 26, 24], 10)
const outcome = {
  plan,
  runs: {
    without: sampleRun({ judged: [300, 300, 0, 0] }),
    limit: sampleRun({
      act: 'limit',
      seconds,
      judged: [150, 150, 156, 144],
      traffic: sampleTraffic({ opened: 350, lastResponses: 190 }),
      metrics: {
        open: 0,
        opened: 351,
        requests: 1000,
        retired: { 'max-requests': 190 },
        closed: { 'max-requests': 190, none: 160 },
      },
    }),
    fleet: sampleFleet(),
  },
  findings: [
    { good: true, sentence: 'It is good.' },
    { good: false, sentence: 'It is bad.', cure: 'Give more.' },
  ],
}
const report = resolve('report.html')

test('lines: each second, both tables, what was found, and a link to the report', (t) => {
  const told = listen(t)
  const view = chooseView(plan, false)
  view.introduce()
  view.begin('limit')
  for (const second of seconds) view.pass(second)
  view.end()
  view.conclude({ ...outcome, report })
  const text = told.join('\n')
  for (const line of [
    /^ {7}5 +50% +50% +- +- +100 +120 {3}\+ 2 new$/m,
    /^ {6}30 +25% +25% +26% +24% +100 +370 {3}judged$/m,
    /^│ share of server 3 \(new\) \* +│ +0\.0% │ +26\.0% │ +25\.0% │ 25\.0% │$/m,
    /^│ answers with "Connection: close" │ +0 │ +190 │ +80 │ +│$/m,
    /^│ connections opened +│ +350 │ +351 │ +160 │ +160 │$/m,
    /^✔ It is good\.\n✘ It is bad\.\n {2}Give more\.$/m,
  ]) {
    assert.match(text, line)
  }
  assert.equal(told.at(-1)?.trim(), `The same in pictures: ${pathToFileURL(report)}`)
})

test('JSON: one document that names the report, and what is bad on standard error', (t) => {
  const told = listen(t)
  const complaints = t.mock.method(console, 'error', () => {}).mock
  const view = chooseView(plan, true)
  view.introduce()
  view.begin('limit')
  for (const second of seconds) view.pass(second)
  view.end()
  view.conclude({ ...outcome, report })
  assert.equal(told.length, 1)
  const document = JSON.parse(told[0] ?? '')
  assert.deepEqual([document.ok, document.report], [false, report])
  assert.deepEqual(document.runs[1].counts[0], { name: 'connections opened', clients: 350, metrics: 351 })
  assert.deepEqual(
    complaints.calls.map((call) => call.arguments),
    [['It is bad. Give more.']],
  )
})

test('where there is no report, none is told of', (t) => {
  const told = listen(t)
  chooseView(plan, false).conclude(outcome)
  assert.doesNotMatch(told.join('\n'), /pictures|undefined/)
})

function listen(t: TestContext): string[] {
  const told: string[] = []
  t.mock.method(console, 'log', (line = '') => told.push(String(line)))
  return told
}
