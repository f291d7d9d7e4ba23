import { Command, InvalidArgumentError } from 'commander'
import { connectionsPerServer, type Options } from './plan.js'

const badUsage = 2

/** Reads the command line; ends the process with code 2 and what to give instead where it cannot be used. */
export function readOptions(argv: readonly string[]): Options & { readonly json: boolean } {
  const command = new Command('demo')
    .description('Scales out from half of the servers to all of them, without Even Keel and then with it.')
    .option('--servers <count>', 'servers after the scale-out', wholeNumber(2, 12), 4)
    .option(
      '--connections <count>',
      `clients, one connection each (default: ${connectionsPerServer.usual} for each server)`,
      wholeNumber(1, 1000),
    )
    .option(
      '--max-requests <count>',
      'maxRequestsPerConnection (default: what a client sends in a ninth of a run)',
      wholeNumber(1, 1_000_000),
    )
    .option('--seconds <count>', 'length of each of the two runs', wholeNumber(5, 300), 20)
    .option('--json', 'print one JSON document at the end and nothing else', false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : badUsage))
    .parse(argv)
  const options = command.opts<Options & { readonly json: boolean }>()
  const { servers, connections = Infinity } = options
  const fewest = servers * connectionsPerServer.fewest
  if (connections < fewest) {
    command.error(
      `error: option '--connections <count>' argument '${connections}' is invalid. ` +
        `With ${servers} servers, fewer than ${fewest} leave the outcome to chance: give ${fewest} or more.`,
    )
  }
  return options
}

function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
  }
}
