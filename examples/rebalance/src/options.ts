import { commandLine, wholeNumber } from '@evenkeel/example-stage/command-line'
import { connectionsPerServer, type Options } from './plan.js'
import { checkWritable } from './report/file.js'

/** Well before the first connection could reach its age limit, 240 seconds: requests alone end connections here. */
const longestRun = 200

/** What the command line says: how to run, and what to do with what comes of it. */
export interface CommandLine extends Options {
  readonly json: boolean
  /** The file for the report; false for none. */
  readonly report: string | false
}

/** Reads the command line; ends the process with code 2 and what to give instead where it cannot be used. */
export function readOptions(argv: readonly string[]): CommandLine {
  const command = commandLine(
    'Scales out from half of the servers to all of them, without Even Keel and then with it.',
  )
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
    .option('--seconds <count>', 'length of each of the two runs', wholeNumber(5, longestRun), 20)
    .option('--report <file>', 'the report, one HTML page', 'rebalance.html')
    .option('--no-report', 'write no report')
    .option('--json', 'print one JSON document at the end and nothing else', false)
    .parse(argv)
  const options = command.opts<CommandLine>()
  const { servers, connections = Infinity, report } = options
  const fewest = servers * connectionsPerServer.fewest
  if (connections < fewest) {
    command.error(
      `error: option '--connections <count>' argument '${connections}' is invalid. ` +
        `With ${servers} servers, fewer than ${fewest} leave the outcome to chance: give ${fewest} or more.`,
    )
  }
  // Before the runs: nobody should wait for them only to learn that they leave nothing behind.
  try {
    if (report !== false) checkWritable(report)
  } catch (error) {
    command.error(
      `error: option '--report <file>' argument '${report}' is invalid. ` +
        `It cannot be written (${Reflect.get(Object(error), 'code') ?? error}): ` +
        'give a file in a folder that is there and yours to write in, or --no-report.',
    )
  }
  return options
}
