import { nameOf } from '@evenkeel/example-stage/act'
import { paint } from '@evenkeel/example-stage/paint'
import { thousands } from '@evenkeel/example-stage/words'
import Table from 'cli-table3'
import { compareCounts } from './agreement.js'
import type { Plan } from './plan.js'
import { compareRuns, tellStar } from './rows.js'
import type { Run } from './run.js'

/** All runs side by side. */
export function renderTable(plan: Plan, runs: readonly Run[]): string {
  const table = new Table({
    head: ['', ...runs.map(({ act }) => paint('bold', nameOf(act))), 'ideal'],
    colAligns: ['left', ...runs.map(() => 'right' as const), 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const { name, figures, ideal } of compareRuns(plan, runs)) table.push([name, ...figures, ideal])
  return `${table.toString()}\n  ${tellStar(plan)}`
}

/** What the clients counted beside what the servers' metrics say; nothing where there are none. */
export function renderCounts({ act, traffic, metrics }: Run): string {
  if (metrics === undefined) return ''
  const table = new Table({
    head: [nameOf(act), paint('bold', 'clients'), paint('bold', 'metrics')],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const { name, clients, metrics: scraped } of compareCounts(traffic, metrics)) {
    table.push([name, thousands(clients), thousands(scraped)])
  }
  return `${table.toString()}\n  clients counted on their sockets, metrics scraped from the servers at the end`
}
