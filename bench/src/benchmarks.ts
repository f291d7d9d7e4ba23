import { dirname, join } from 'node:path'
import type { Effort } from './comparison.js'
import { measureCount } from './count.js'
import { measureDemo, measureOutput, type OutputResult } from './demo.js'
import { printFleet } from './fleet/print.js'
import { simulateFleet, simulateMillion } from './fleet.js'
import { looksSheet, measureLooks } from './looks.js'
import { printPeers } from './peers/print.js'
import { comparePeers, type PeersFlags } from './peers.js'
import { countSheet, printRequests, printSheet } from './print.js'
import { printTable } from './print-table.js'
import { measureReconnects, reconnectsSheet } from './reconnects.js'
import { printRedis } from './redis/print.js'
import { measureRedis } from './redis.js'
import { measureRequests } from './requests.js'
import { measureTable } from './table.js'

/** What the command line says. */
export interface Flags extends Effort, PeersFlags {
  readonly json?: true
  readonly figures?: string
  readonly write?: string
}

/** Measures, prints for people where asked to, and returns all figures. */
type Benchmark = (flags: Flags, print: boolean) => Promise<object>

/** In the order in which they are measured. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {
  requests: benchmark((effort) => measureRequests(effort, progress), printRequests),
  count: benchmark(
    () => measureCount(progress),
    (results) => printSheet(countSheet(results)),
  ),
  // Half as many: they take longer, and what is counted in bytes hardly differs.
  table: benchmark(({ rounds }) => measureTable(Math.ceil(rounds / 2), progress), printTable),
  reconnects: benchmark(
    ({ rounds }) => measureReconnects(Math.ceil(rounds / 3), progress),
    (results) => printSheet(reconnectsSheet(results)),
  ),
  looks: benchmark(
    () => measureLooks(progress),
    (results) => printSheet(looksSheet(results)),
  ),
  fleet: benchmark(({ rounds }) => simulateFleet(rounds, progress), printFleet),
  redis: benchmark(() => measureRedis(progress), printRedis),
  peers: benchmark((flags) => comparePeers(flags, progress), printPeers),
  demo: benchmark(
    ({ figures }) => measureDemo(progress, figures && join(dirname(figures), 'demo.svg')),
    printOutput,
  ),
  leak: benchmark(() => measureOutput('leaky-client', progress), printOutput),
  rolling: benchmark(() => measureOutput('rolling-deploy', progress), printOutput),
  million: benchmark(() => simulateMillion(progress), printFleet),
}

/** They take long, or show what other commands show. */
export const onlyAsked: readonly string[] = ['million', 'peers', 'demo', 'leak', 'rolling']

function benchmark<Result extends object>(
  measure: (flags: Flags) => Result | Promise<Result>,
  show: (result: Result) => void,
): Benchmark {
  return async (flags, print) => {
    const result = await measure(flags)
    if (print) show(result)
    return result
  }
}

function printOutput({ output }: OutputResult): void {
  console.log(output.join('\n'))
}

/** Shows what goes on, on a line of its own that the next step and the results overwrite. */
function progress(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${step}`)
}
