import { nameOf } from '@evenkeel/example-stage/act'
import { paint } from '@evenkeel/example-stage/paint'
import { thousands } from '@evenkeel/example-stage/words'
import Table from 'cli-table3'
import type { Run } from './run.js'
import { busiestOf } from './verdict.js'

/** Both runs side by side. */
export function renderTable(runs: readonly Run[]): string {
  const table = new Table({
    head: ['', ...runs.map(({ act }) => paint('bold', nameOf(act))), 'ideal'],
    colAligns: ['left', ...runs.map(() => 'right' as const), 'right'],
    style: { head: [], border: [], compact: true },
  })
  const row = (name: string, show: (run: Run) => string, ideal = ''): void => {
    table.push([name, ...runs.map(show), ideal])
  }
  row('rounds: a server restarted', ({ restarts }) => thousands(restarts.length))
  row('requests', ({ traffic }) => thousands(traffic.requests))
  row('failed requests', ({ traffic }) => thousands(traffic.failed.length), '0')
  row('  of these executed', ({ executedInVain }) => thousands(executedInVain), '0')
  row('requests never executed', ({ account }) => thousands(account.neverExecuted), '0')
  row('requests executed twice', ({ account }) => thousands(account.executedTwice), '0')
  row('connections opened', ({ opened }) => thousands(opened))
  row('busiest tenth of a window, over fair *', (run) => busiestOf(run).toFixed(2), '1.00')
  row('latency p50', ({ traffic }) => `${traffic.latency.p50.toFixed(2)} ms`)
  row('latency p99', ({ traffic }) => `${traffic.latency.p99.toFixed(2)} ms`)
  return `${table.toString()}\n  * departures in it, in the middle one of the rounds: 10 is all at once`
}
