import { checkedBy, commandLine, wholeNumber } from '@evenkeel/example-stage/command-line'
import { redisStore } from '@evenkeel/fleet'
import { connectionsPerServer, type Options } from './plan.js'
import { checkWritable } from './report/file.js'

/** Well before the first connection could reach its age limit, 240 seconds: that ends no connection here. */
const longestRun = 200

/** What the command line says: how to run, and what to do with what comes of it. */
export interface CommandLine extends Options {
  readonly json: boolean
  /** The Redis of the fleet; none for the embedded store. */
  readonly redis?: string
  /** The file for the report; false for none. */
  readonly report: string | false
  /** The file for the picture of the shares; none unless given. */
  readonly still?: string
  /** The file for what stays on a terminal; none unless given. */
  readonly transcript?: string
}

/** Reads the command line; ends the process with code 2 and what to give instead where it cannot be used. */
export function readOptions(argv: readonly string[]): CommandLine {
  const command = commandLine(
    'Scales out from half of the servers to all of them: without Even Keel, with a limit, and with a fleet.',
  )
    .option('--servers <count>', 'servers after the scale-out', wholeNumber(2, 24), 4)
    .option(
      '--connections <count>',
      `clients, one connection each (default: ${connectionsPerServer.usual} for each server)`,
      wholeNumber(1, 1000),
    )
    .option(
      '--rate <count>',
      'requests per second of all clients (default: 24 of each, at most 2000 of all)',
      wholeNumber(1, 20_000),
    )
    .option(
      '--max-requests <count>',
      'maxRequestsPerConnection of the second run (default: what a client sends in a fifteenth of a run)',
      wholeNumber(1, 1_000_000),
    )
    .option('--seconds <count>', 'length of each of the three runs', wholeNumber(5, longestRun), 35)
    .option(
      '--redis <url>',
      'where the fleet meets (default: in the primary of its cluster)',
      checkedBy(redisStore),
    )
    .option('--report <file>', 'the report, one HTML page', 'rebalance.html')
    .option('--no-report', 'write no report')
    .option('--still <file>', 'the shares as one picture, SVG')
    .option('--transcript <file>', 'what stays on a terminal, also with --json')
    .option('--json', 'print one JSON document at the end and nothing else', false)
    .parse(argv)
  const options = command.opts<CommandLine>()
  const { servers, connections = Infinity, report, still, transcript } = options
  const fewest = servers * connectionsPerServer.fewest
  if (connections < fewest) {
    command.error(
      `error: option '--connections <count>' argument '${connections}' is invalid. ` +
        `With ${servers} servers, fewer than ${fewest} leave the outcome to chance: give ${fewest} or more.`,
    )
  }
  // Before the runs: nobody should wait for them only to learn that they leave nothing behind.
  for (const [option, file] of [
    ['--report', report],
    ['--still', still],
    ['--transcript', transcript],
  ] as const) {
    if (file === false || file === undefined) continue
    try {
      checkWritable(file)
    } catch (error) {
      command.error(
        `error: option '${option} <file>' argument '${file}' is invalid. ` +
          `It cannot be written (${Reflect.get(Object(error), 'code') ?? error}): ` +
          `give a file in a folder that is there and yours to write in${option === '--report' ? ', or --no-report' : ''}.`,
      )
    }
  }
  return options
}
