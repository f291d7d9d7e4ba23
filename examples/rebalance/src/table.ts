import Table from 'cli-table3'
import { hottestOverMean, jainIndex, shares, sum } from './evenness.js'
import { paint } from './paint.js'
import type { Plan } from './plan.js'
import type { Run } from './run.js'
import { finePercent, nameOf, thousands } from './words.js'

/** Both runs side by side. */
export function renderTable(plan: Plan, runs: readonly Run[]): string {
  const table = new Table({
    head: ['', ...runs.map(({ evenKeel }) => paint('bold', nameOf(evenKeel))), 'ideal'],
    colAligns: ['left', ...runs.map(() => 'right' as const), 'right'],
    style: { head: [], border: [], compact: true },
  })
  const row = (name: string, show: (run: Run) => string, even = ''): void => {
    table.push([name, ...runs.map(show), even])
  }
  for (let server = 0; server < plan.servers; server += 1) {
    const name = `share of server ${server + 1}${server < plan.serversAtFirst ? '' : ' (new)'} *`
    row(name, ({ judged }) => finePercent(shares(judged)[server] ?? 0), finePercent(1 / plan.servers))
  }
  row('hottest server over the mean *', ({ judged }) => hottestOverMean(judged).toFixed(2), '1.00')
  row("Jain's fairness index *", ({ judged }) => jainIndex(judged).toFixed(3), '1.000')
  row('connections opened', ({ opened }) => thousands(opened))
  row('requests', ({ traffic }) => thousands(traffic.requests))
  row('failed requests', ({ traffic }) => thousands(sum(Object.values(traffic.failures))))
  row('latency p50 *', ({ traffic }) => `${traffic.latency.p50.toFixed(2)} ms`)
  row('latency p99 *', ({ traffic }) => `${traffic.latency.p99.toFixed(2)} ms`)
  return `${table.toString()}\n  * over the last ${plan.seconds - plan.judgedFrom} of ${plan.seconds} seconds`
}
