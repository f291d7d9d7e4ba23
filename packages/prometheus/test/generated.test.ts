import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, it } from 'node:test'
import { cures } from '@evenkeel/core'
import { parse } from 'yaml'
import { alerts } from '#generate/alerts'
import { buildDashboard } from '#generate/dashboard'
import { files } from '#generate/files'
import { panels } from '#generate/panels'
import { exposed, problemsOf } from './promql.js'

const root = join(__dirname, '..', '..')

/** Its content, whatever a formatter has made of its spaces. */
function contentOf(path: string, text: string): unknown {
  if (path.endsWith('.json')) return JSON.parse(text)
  if (path.endsWith('.yml')) return parse(text)
  return text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')
}

describe('what is made from the list of instruments', { timeout: 20_000 }, () => {
  for (const [path, text] of files()) {
    it(`is up to date: ${basename(path)}`, () => {
      assert.deepEqual(
        contentOf(path, readFileSync(path, 'utf8')),
        contentOf(path, text),
        'run: npx -y pnpm@12 generate',
      )
    })
  }
})

describe('the dashboard', { timeout: 20_000 }, () => {
  it('has PromQL that reads no other metric and no other label than there are', () => {
    for (const { title, queries } of panels) {
      for (const { expr } of queries) assert.deepEqual(problemsOf(expr), [], title)
    }
  })

  it('shows every metric', () => {
    const read = panels.flatMap(({ queries }) => queries.map(({ expr }) => expr)).join('\n')
    for (const name of exposed.keys()) {
      if (/_(sum|count)$/.test(name)) continue
      assert.match(read, new RegExp(`\\b${name}\\b`))
    }
  })

  it('asks the data source, the jobs and the instances that are chosen, in every panel', () => {
    const { templating, panels: built = [] } = buildDashboard()
    assert.deepEqual(
      templating.list?.map(({ name }) => name),
      ['datasource', 'job', 'instance'],
    )
    for (const panel of built) {
      assert.ok('targets' in panel && panel.datasource?.uid === ['$', '{datasource}'].join(''))
      for (const { expr } of (panel.targets ?? []) as unknown as { expr: string }[]) {
        assert.equal(
          [...expr.matchAll(/evenkeel_/g)].length,
          [...expr.matchAll(/job=~"\$job",instance=~"\$instance"/g)].length,
        )
      }
    }
  })

  it('has no two panels in the same place, and says of each what it tells', () => {
    const { panels: built = [] } = buildDashboard()
    const cells = built.flatMap(({ gridPos }) => {
      const { x, y, w, h } = gridPos ?? { x: 0, y: 0, w: 0, h: 0 }
      assert.ok(w > 0 && x + w <= 24)
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`)
    })
    assert.equal(new Set(cells).size, cells.length)
    for (const { description } of panels) assert.match(description, /\.$/)
  })
})

describe('the alerts', { timeout: 20_000 }, () => {
  it('read no other metric and no other label than there are', () => {
    for (const { alert, expr } of alerts) assert.deepEqual(problemsOf(expr), [], alert)
  })

  it('name what is wrong, and the cure', () => {
    for (const { annotations } of alerts) {
      assert.match(annotations.summary, /\{\{ \$labels\.(instance|job) \}\}/)
      assert.match(annotations.description, /\b(Set|Lower|raise|Add|have|choose|check) .*\.$/)
    }
  })

  it('tell of each state of a fleet that has a cure, in the words of the process warning', () => {
    const told = alerts.filter(({ alert }) => alert.startsWith('EvenKeelFleet'))
    assert.deepEqual(
      told.map(({ annotations }) => annotations.description.slice(1, -1)).sort(),
      Object.values(cures)
        .map((cure) => cure.slice(1))
        .sort(),
    )
    for (const [state, cure] of Object.entries(cures)) {
      const alert = told.find(({ annotations }) => annotations.description.endsWith(`${cure.slice(1)}.`))
      assert.match(alert?.expr ?? '', new RegExp(`fleet_state\\{state="${state}"\\}`))
    }
  })

  it('fire and stay silent as promtool says they should', (test) => {
    const { status, stdout, stderr, error } = spawnSync(
      'promtool',
      ['test', 'rules', join(root, 'test', 'alerts.promtool.yml')],
      { encoding: 'utf8', timeout: 15_000 },
    )
    if (error !== undefined) return test.skip(`promtool cannot be run: ${error.message}`)
    assert.equal(status, 0, stdout + stderr)
  })
})

describe('the check of expressions', () => {
  it('finds what is no PromQL, no metric and no label', () => {
    assert.throws(() => problemsOf('sum(evenkeel_ready'), /no PromQL/)
    assert.deepEqual(problemsOf('1'), ['reads no metric'])
    assert.deepEqual(problemsOf('evenkeel_redy'), ['evenkeel_redy is no metric'])
    assert.deepEqual(problemsOf('sum by (reason) (evenkeel_ready{side="x"})'), [
      'reason is no label of evenkeel_ready',
      'side is no label of evenkeel_ready',
    ])
  })
})
