import { nameOf } from '@evenkeel/example-stage/act'
import { paint } from '@evenkeel/example-stage/paint'
import { thousands } from '@evenkeel/example-stage/words'
import Table from 'cli-table3'
import type { Plan } from './plan.js'
import { type Run, sum } from './run.js'

/** Both runs side by side. */
export function renderTable(plan: Plan, runs: readonly Run[]): string {
  const table = new Table({
    head: ['', ...runs.map(({ act }) => paint('bold', nameOf(act)))],
    colAligns: ['left', ...runs.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  })
  const row = (name: string, show: (run: Run) => string): void => {
    table.push([name, ...runs.map(show)])
  }
  for (const second of quarters(plan.seconds)) {
    row(`open sockets after ${second} s`, ({ seconds }) => counted(seconds[second - 1]?.sockets.open))
  }
  row('open sockets at most', ({ sockets }) => thousands(sockets.most))
  const tellsMachine = runs.every(({ machine }) => machine !== undefined)
  if (tellsMachine) {
    row('TCP sockets in use on this machine at most *', ({ seconds }) =>
      thousands(Math.max(...seconds.map(({ machine = 0 }) => machine))),
    )
  }
  row('leaked connections opened', ({ leaked }) => thousands(leaked.opened))
  row('errors of the leaking client', ({ leaked }) => thousands(sum(leaked.failures)))
  row('requests served to well-behaved clients', ({ traffic }) => thousands(traffic.served))
  row('failed on connections that they keep', ({ traffic }) => thousands(sum(traffic.keptFailures)))
  row('failed on new connections', ({ traffic }) => partOf(sum(traffic.freshFailures), traffic.fresh))
  row('kept connections that they had to reopen', ({ traffic }) => thousands(traffic.reopened))
  row('connections evicted', ({ sockets }) => counted(sockets.evicted))
  row('connections refused', ({ sockets }) => counted(sockets.refused))
  const foot = '  * both ends of every connection, and those of other programs'
  return `${table.toString()}${tellsMachine ? `\n${foot}` : ''}`
}

function quarters(seconds: number): number[] {
  return [1, 2, 3, 4].map((quarter) => Math.round((seconds * quarter) / 4))
}

/** Nothing where there is no number. */
function counted(count: number | undefined): string {
  return count === undefined ? '' : thousands(count)
}

function partOf(count: number, all: number): string {
  return `${thousands(count)} of ${thousands(all)}`
}
