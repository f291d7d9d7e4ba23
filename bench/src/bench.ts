import { Argument, Command, InvalidArgumentError } from 'commander'
import type { Effort } from './comparison.js'
import { measureCount } from './count.js'
import { measureDemo } from './demo.js'
import { writeFigures } from './figures/write.js'
import { printFleet } from './fleet/print.js'
import { simulateFleet, simulateMillion } from './fleet.js'
import { thisMachine } from './machine.js'
import { printPeers } from './peers/print.js'
import { comparePeers, type PeersFlags } from './peers.js'
import { printCount, printMachine, printRequests } from './print.js'
import { printTable } from './print-table.js'
import { printRedis } from './redis/print.js'
import { measureRedis } from './redis.js'
import { measureRequests } from './requests.js'
import { measureTable } from './table.js'

interface Flags extends Effort, PeersFlags {
  readonly json?: true
  readonly figures?: string
}

/** Measures, prints for people where asked to, and returns all figures. */
type Benchmark = (flags: Flags, print: boolean) => Promise<object>

const benchmarks: Readonly<Record<string, Benchmark>> = {
  requests: async (effort, print) => {
    const results = await measureRequests(effort, progress)
    if (print) printRequests(results)
    return results
  },
  count: async (_, print) => {
    const results = await measureCount(progress)
    if (print) printCount(results)
    return results
  },
  table: async ({ rounds }, print) => {
    // Half as many: they take longer, and what is counted in bytes hardly differs.
    const results = await measureTable(Math.ceil(rounds / 2), progress)
    if (print) printTable(results)
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
  demo: async (_, print) => {
    const results = await measureDemo(progress)
    if (print) console.log(results)
    return results
  },
  million: async (_, print) => {
    const results = simulateMillion(progress)
    if (print) printFleet(results)
    return results
  },
}

const names = Object.keys(benchmarks)

/** The others only where they are asked for. */
const usual = names.filter((name) => !['million', 'peers', 'demo'].includes(name))

await new Command('bench')
  .description('What Even Keel costs, against the same server without it.')
  .addArgument(
    new Argument('[names...]', 'what to measure')
      .choices(names)
      .default(usual, 'all but million, peers and demo'),
  )
  .option(
    '--rounds <number>',
    'fresh processes for each comparison, for the table half as many',
    wholeNumber,
    12,
  )
  .option('--pairs <number>', 'pairs of batches in each round', wholeNumber, 10)
  .option('--requests <number>', 'requests in each batch', wholeNumber, 2_000)
  .option('--connections <number>', 'keep-alive connections to each server', wholeNumber, 64)
  .option('--seconds <number>', 'for each of the peers', wholeNumber, 40)
  .option('--only <words...>', 'the peers whose names contain one of the words')
  .option('--write <file>', 'the table of the peers into a page')
  .option('--json', 'print all figures as JSON')
  .option('--figures <file>', 'put what pages quote into a file: docs/figures.json')
  .action(run)
  .parseAsync()

async function run(chosen: readonly string[], { json, figures, ...effort }: Flags): Promise<void> {
  const machine = thisMachine()
  if (!json) printMachine(machine)
  const results: Record<string, object> = { machine, effort }
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (chosen.includes(name)) results[name] = await benchmark(effort, !json)
  }
  if (figures !== undefined) writeFigures(figures, results, machine, process.argv.slice(2))
  if (json) console.log(JSON.stringify(results, undefined, 2))
}

/** Shows what goes on, on a line of its own that the next step and the results overwrite. */
function progress(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${step}`)
}

function wholeNumber(value: string): number {
  const number = Number(value)
  if (Number.isSafeInteger(number) && number >= 1) return number
  throw new InvalidArgumentError('Give a whole number of 1 or more.')
}
