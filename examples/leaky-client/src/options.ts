import { commandLine, wholeNumber } from '@evenkeel/example-stage/command-line'
import { fewestPlaces, type Options, spareDescriptors } from './plan.js'

/** The leaking client's process has as many descriptors as this one, and needs one for each connection. */
const mostDescriptors = 16_000

/** Reads the command line; ends the process with code 2 and what to give instead where it cannot be used. */
export function readOptions(
  argv: readonly string[],
  descriptorLimit: number,
): Options & { readonly json: boolean } {
  const command = commandLine(
    'A client leaks connections: into a bare server, and then into one with Even Keel.',
  )
    .option('--seconds <count>', 'length of each of the two runs', wholeNumber(4, 60), 12)
    .option('--leak-rate <count>', 'connections that are leaked in a second', wholeNumber(50, 2000), 500)
    .option('--clients <count>', 'well-behaved clients', wholeNumber(1, 100), 16)
    .option(
      '--max-connections <count>',
      'maxConnections of the second run (default: a quarter of the descriptors)',
      wholeNumber(1, mostDescriptors - spareDescriptors),
    )
    .option(
      '--descriptors <count>',
      'file descriptors of each server (default: 4000, less in short runs)',
      wholeNumber(256, mostDescriptors),
    )
    .option('--no-fair-eviction', 'the longest unused connection goes first, whoever has it')
    .option('--json', 'print one JSON document at the end and nothing else', false)
    .parse(argv)
  const options = command.opts<Options & { readonly json: boolean }>()
  const complaint = complainOf(options, descriptorLimit)
  if (complaint !== undefined) command.error(`error: ${complaint}`)
  return options
}

/** What is wrong with options that are each good by themselves, and what to give instead. */
export function complainOf(options: Options, descriptorLimit: number): string | undefined {
  const { leakRate, clients, maxConnections, descriptors } = options
  const fewest = fewestPlaces(options)
  if (maxConnections !== undefined && maxConnections < fewest) {
    return (
      `option '--max-connections <count>' argument '${maxConnections}' is invalid. With ${leakRate} leaked ` +
      `connections a second and ${clients} clients, too few are old enough to make room: give ${fewest} ` +
      'or more, a lower --leak-rate or fewer --clients.'
    )
  }
  const least = (maxConnections ?? fewest) + spareDescriptors
  if (descriptors !== undefined && descriptors < least) {
    return (
      `option '--descriptors <count>' argument '${descriptors}' is invalid. The server with Even Keel has ` +
      `${least - spareDescriptors} connections and other files: give ${least} or more.`
    )
  }
  const most = descriptorLimit - spareDescriptors
  if ((descriptors ?? least) > most) {
    return (
      `a process may have ${descriptorLimit} file descriptors here (ulimit -Hn), and the leaking client needs ` +
      `as many as a server, ${descriptors ?? least}, and ${spareDescriptors} more: raise the limit, or give less ` +
      'of --descriptors, --max-connections, --leak-rate or --clients.'
    )
  }
  return undefined
}
