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
  requests: async (effort, print) => {
    const results = await measureRequests(effort, progress)
    if (print) printRequests(results)
    return results
  },
  count: async (_, print) => {
    const results = await measureCount(progress)
    if (print) printSheet(countSheet(results))
    return results
  },
  table: async ({ rounds }, print) => {
    // Half as many: they take longer, and what is counted in bytes hardly differs.
    const results = await measureTable(Math.ceil(rounds / 2), progress)
    if (print) printTable(results)
    return results
  },
  reconnects: async ({ rounds }, print) => {
    const results = await measureReconnects(Math.ceil(rounds / 3), progress)
    if (print) printSheet(reconnectsSheet(results))
    return results
  },
  looks: async (_, print) => {
    const results = await measureLooks(progress)
    if (print) printSheet(looksSheet(results))
    return results
  },
  fleet: async ({ rounds }, print) => {
    const results = simulateFleet(rounds, progress)
    if (print) printFleet(results)
    return results
  },
  redis: async (_, print) => {
    const results = await measureRedis(progress)
    if (print) printRedis(results)
    return results
  },
  peers: async (flags, print) => {
    const results = await comparePeers(flags, progress)
    if (print) printPeers(results)
    return results
  },
  demo: async ({ figures }, print) => {
    const results = await measureDemo(progress, figures && join(dirname(figures), 'demo.svg'))
    if (print) console.log(results.output.join('\n'))
    return results
  },
  leak: (_, print) => showOutput('leaky-client', print),
  rolling: (_, print) => showOutput('rolling-deploy', print),
  million: async (_, print) => {
    const results = simulateMillion(progress)
    if (print) printFleet(results)
    return results
  },
}

/** They take long, or show what other commands show. */
export const onlyAsked: readonly string[] = ['million', 'peers', 'demo', 'leak', 'rolling']

async function showOutput(example: string, print: boolean): Promise<OutputResult> {
  const output = await measureOutput(example, progress)
  if (print) console.log(output.join('\n'))
  return { output }
}

/** Shows what goes on, on a line of its own that the next step and the results overwrite. */
function progress(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${step}`)
}
