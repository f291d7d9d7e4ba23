import { commandLine, wholeNumber } from '@evenkeel/example-stage/command-line'
import { connectionsPerServer, type Options, usualQuiet } from './plan.js'

const mostConnections = 4000

/** Reads the command line; ends the process with code 2 and what to give instead where it cannot be used. */
export function readOptions(argv: readonly string[]): Options & { readonly json: boolean } {
  const command = commandLine(
    'Restarts servers one after the other: bare ones, and then the same ones with Even Keel.',
  )
    .option('--servers <count>', 'servers behind the balancer', wholeNumber(2, 12), 4)
    .option(
      '--connections <count>',
      `connections of all clients (default: ${connectionsPerServer.usual} for each server)`,
      wholeNumber(1, mostConnections),
    )
    .option('--restarts <count>', 'rounds of each run (default: each server once)', wholeNumber(1, 1000))
    .option(
      '--bare-restarts <count>',
      'rounds of the run without Even Keel (default: as many)',
      wholeNumber(1, 1000),
    )
    .option('--within <ms>', 'how long a server has to leave', wholeNumber(500, 60_000), 3000)
    .option('--quiet <ms>', 'the option quiet of Even Keel', wholeNumber(1, 60_000), usualQuiet)
    .option(
      '--requests <count>',
      'the fewest requests of the run with Even Keel',
      wholeNumber(0, 10_000_000),
      0,
    )
    .option('--pause <ms>', 'the mean pause of the briskest clients between requests', wholeNumber(1, 50), 4)
    .option('--json', 'print one JSON document at the end and nothing else', false)
    .parse(argv)
  const options = command.opts<Options & { readonly json: boolean }>()
  const { servers, connections = Infinity } = options
  const fewest = servers * connectionsPerServer.fewest
  if (connections < fewest) {
    command.error(
      `error: option '--connections <count>' argument '${connections}' is invalid. ` +
        `With ${servers} servers, fewer than ${fewest} leave their spread to chance: give ${fewest} or more.`,
    )
  }
  return options
}
