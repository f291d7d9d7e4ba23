import type { FigureTable } from '@evenkeel/test-kit/figures/section'
import Table from 'cli-table3'
import type { Verdict } from './budgets.js'
import type { CountResult } from './count.js'
import type { Machine } from './machine.js'
import type { RequestsResult } from './requests.js'
import type { Estimate } from './statistics.js'

/** One line about the machine. */
export function printMachine(machine: Machine): void {
  console.log(describeMachine(machine))
}

/** The same for whatever is not a terminal. */
export function describeMachine({ node, v8, processor, processors, memory, system, load }: Machine): string {
  const size = `${(memory / 2 ** 30).toFixed(1)} GiB`
  return `Node ${node} (V8 ${v8}), ${processors} x ${processor}, ${size}, ${system}, load ${load.toFixed(2)}`
}

/** A table before it is drawn, for a terminal or for a page. */
export type Sheet = Pick<FigureTable, 'head' | 'alignment' | 'rows'>

export function printSheet({ head, alignment, rows }: Sheet): void {
  const table = newTable(head, alignment)
  table.push(...rows.map((row) => [...row]))
  console.log(table.toString())
}

/** One line for each comparison. */
export function printRequests(results: readonly RequestsResult[]): void {
  const table = newTable(
    ['CPU per request', 'without', 'with', 'ratio', '95 % interval', 'added', 'budget'],
    'lrrrrrl',
  )
  for (const { name, base, other, ratio, added, verdict } of results) {
    table.push([
      name,
      `${base.toFixed(2)} µs`,
      `${other.toFixed(2)} µs`,
      ratio.median.toFixed(3),
      interval(ratio, 3),
      `${added.median.toFixed(0)} ns`,
      words(verdict, 4, ratio),
    ])
  }
  console.log(table.toString())
}

/** One line for each step. */
export function countSheet(results: readonly CountResult[]): Sheet {
  return {
    head: ['time of one', 'median', '75 % below', 'budget'],
    alignment: 'lrrl',
    rows: results.map(({ name, median, p75, verdict }) => [
      name,
      `${median.toFixed(1)} ns`,
      `${p75.toFixed(1)} ns`,
      words(verdict, 1),
    ]),
  }
}

/** @param alignment a letter for each column, l or r. */
export function newTable(head: readonly string[], alignment: string): Table.Table {
  return new Table({
    head: [...head],
    colAligns: [...alignment].map((letter) => (letter === 'l' ? 'left' : 'right')),
    style: { head: [], border: [] },
  })
}

export function interval({ low, high }: Estimate, digits: number): string {
  return `${low.toFixed(digits)} – ${high.toFixed(digits)}`
}

/** @param measured with an interval that may hold the budget itself. */
export function words(verdict: Verdict | undefined, digits: number, measured?: Estimate): string {
  if (verdict === undefined) return ''
  const { budget, missedBy } = verdict
  const judged = missedBy === 0 ? `${budget}: within` : `${budget}: missed by ${missedBy.toFixed(digits)}`
  return measured !== undefined && within(budget, measured) ? `${judged}, uncertain` : judged
}

function within(value: number, { low, high }: Estimate): boolean {
  return low <= value && value <= high
}
