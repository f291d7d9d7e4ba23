import Table from 'cli-table3'
import { nodes } from '../cell.js'
import type { Result } from './result.js'

const head = [
  'area',
  'framework or package',
  'module form',
  'compiler, bundler, check',
  'test runner',
  ...nodes.map((node) => `Node ${node}`),
]

/** One row for what was tried, a column for each Node version; empty where there is no cell. */
export function tableOf(results: readonly Result[]): string {
  const rows = new Map<string, Result[]>()
  for (const result of results) {
    const row = JSON.stringify(result.names)
    rows.set(row, [...(rows.get(row) ?? []), result])
  }
  const table = new Table({ head, style: { head: [], border: [], compact: true } })
  for (const row of rows.values()) {
    const [first] = row
    if (first === undefined) continue
    const { area, subject, form, setting, runner } = first.names
    const holds = nodes.map((node) => markOf(row.find(({ cell }) => cell.node === node)))
    table.push([area, subject, form, setting, runner, ...holds])
  }
  return table.toString()
}

function markOf(result: Result | undefined): string {
  if (result === undefined) return ''
  return result.failure === undefined ? 'holds' : 'FAILS'
}
