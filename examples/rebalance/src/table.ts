import Table from 'cli-table3'
import { paint } from './paint.js'
import type { Plan } from './plan.js'
import { compareRuns, tellStar } from './rows.js'
import type { Run } from './run.js'
import { nameOf } from './words.js'

/** Both runs side by side. */
export function renderTable(plan: Plan, runs: readonly Run[]): string {
  const table = new Table({
    head: ['', ...runs.map(({ evenKeel }) => paint('bold', nameOf(evenKeel))), 'ideal'],
    colAligns: ['left', ...runs.map(() => 'right' as const), 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const { name, figures, ideal } of compareRuns(plan, runs)) table.push([name, ...figures, ideal])
  return `${table.toString()}\n  ${tellStar(plan)}`
}
