import { nameOf } from '@evenkeel/example-stage/act'
import { paint } from '@evenkeel/example-stage/paint'
import { thousands } from '@evenkeel/example-stage/words'
import Table from 'cli-table3'
import { countsOf } from './agreement.js'
import type { Plan } from './plan.js'
import { compareRuns, tellStar } from './rows.js'
import type { Run } from './run.js'
import { tellReasons } from './words.js'

/** All runs side by side. */
export function renderTable(plan: Plan, runs: readonly Run[]): string {
  const table = newTable(['', ...runs.map(({ act }) => nameOf(act)), 'ideal'])
  for (const { name, figures, ideal, isMain } of compareRuns(plan, runs)) {
    const cells = [name, ...figures, ideal]
    table.push(isMain ? cells.map((cell) => paint('bold', cell)) : cells)
  }
  return `${table.toString()}\n  ${tellStar(plan)}`
}

/** What the clients counted beside what the servers' metrics say, for the runs that have them; nothing without. */
export function renderCounts(runs: readonly Run[]): string {
  const counted = runs.flatMap((run) => {
    const counts = countsOf(run)
    return counts === undefined ? [] : [{ act: run.act, counts }]
  })
  if (counted.length === 0) return ''
  const table = newTable(['', ...counted.flatMap(({ act }) => [`${nameOf(act)}: clients`, 'metrics'])])
  for (const [place, { name }] of counted[0]?.counts.entries() ?? []) {
    const cells = counted.flatMap(({ counts }) => [counts[place]?.clients, counts[place]?.metrics])
    table.push([name, ...cells.map((cell) => thousands(cell ?? 0))])
  }
  const foot = `  clients counted on their sockets, metrics scraped from the servers at the end\n  right reason: ${tellReasons()}`
  return `${table.toString()}\n${foot}`
}

function newTable(heads: readonly string[]): Table.Table {
  return new Table({
    head: heads.map((name) => paint('bold', name)),
    colAligns: heads.map((_, place) => (place === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  })
}
