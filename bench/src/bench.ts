import { Argument, Command, InvalidArgumentError } from 'commander'
import { benchmarks, type Flags, onlyAsked } from './benchmarks.js'
import { assertQuotesPeers, figuresBeside, writeFigures, writePage } from './figures/write.js'
import { thisMachine } from './machine.js'
import { printMachine } from './print.js'

const names = Object.keys(benchmarks)

const usual = names.filter((name) => !onlyAsked.includes(name))

await new Command('bench')
  .description('What Even Keel costs, against the same server without it.')
  .addArgument(
    new Argument('[names...]', 'what to measure')
      .choices(names)
      .default(usual, `all but ${onlyAsked.join(', ')}`),
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
  .option('--write <page>', 'the table of the peers into a page, and into figures.json beside it')
  .option('--json', 'print all figures as JSON')
  .option('--figures <file>', 'put what pages quote into a file: docs/figures.json')
  .action(run)
  .parseAsync()

async function run(chosen: readonly string[], flags: Flags): Promise<void> {
  const { json, figures, write, ...effort } = flags
  const machine = thisMachine()
  if (write !== undefined) assertQuotesPeers(write)
  if (!json) printMachine(machine)
  const results: Record<string, object> = { machine, effort }
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (chosen.includes(name)) results[name] = await benchmark(flags, !json)
  }
  const files = [figures, write && figuresBeside(write)].filter((file) => file !== undefined)
  for (const file of new Set(files)) writeFigures(file, results, machine, process.argv.slice(2))
  if (write !== undefined) writePage(write)
  if (json) console.log(JSON.stringify(results, undefined, 2))
}

function wholeNumber(value: string): number {
  const number = Number(value)
  if (Number.isSafeInteger(number) && number >= 1) return number
  throw new InvalidArgumentError('Give a whole number of 1 or more.')
}
