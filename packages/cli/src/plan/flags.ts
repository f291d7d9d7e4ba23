import { type Command, InvalidArgumentError, Option } from 'commander'
import { count, duration, number, url } from '../command/arguments.js'
import type { BalancerName, Pace } from '../simulation/index.js'

/** The balancers that a plan knows, as they are written on the command line. */
const balancers = {
  random: 'random',
  'round-robin': 'round robin',
  'least-connections': 'least connections',
} as const

/** What the command line says. Durations are milliseconds. */
export interface Flags {
  readonly servers?: number
  readonly to?: number
  readonly connections?: number
  readonly clients?: number
  readonly rate?: number
  readonly skew: number
  readonly pace: Pace
  readonly balancer: BalancerName
  readonly handshake: number
  readonly idle: number
  readonly within: number
  readonly maxRequests?: readonly number[]
  readonly maxAge?: readonly number[]
  readonly from?: readonly URL[]
  readonly over: number
  readonly prefix: string
}

const mostServers = 1_000
const mostConnections = 10_000_000

export function addFlags(command: Command): Command {
  const servers = count({ max: mostServers })
  return command
    .option('--servers <count>', 'servers that there are', servers)
    .option('--to <count>', 'servers that they become (default: one more)', servers)
    .option('--connections <count>', 'keep-alive connections to all of them', count({ max: mostConnections }))
    .option(
      '--clients <count>',
      'clients that have these connections, each as many (default: one each)',
      count(),
    )
    .option('--rate <count>', 'requests per second of all', number({ min: 0.001, max: 1e8 }))
    .addOption(
      new Option('--skew <number>', 'how unequal clients are: sigma of a log-normal distribution')
        .argParser(number({ min: 0, max: 3 }))
        .default(0, '0: all alike'),
    )
    .addOption(
      new Option('--handshake <duration>', 'CPU time of a server for a new connection')
        .argParser(duration({ min: 0, max: 60_000 }))
        .default(0.46, '0.46ms'),
    )
    .addOption(
      new Option('--idle <duration>', 'idleTimeout of the servers')
        .argParser(duration({ max: 86_400_000 }))
        .default(65_000, '65s'),
    )
    .addOption(
      new Option('--within <duration>', 'how soon the load must be even')
        .argParser(duration({ min: 1_000, max: 3_600_000 }))
        .default(120_000, '2m'),
    )
    .option('--max-requests <counts>', 'limits on requests to try, 100,200 for example', list(count()))
    .option(
      '--max-age <durations>',
      'limits on age to try, 30s,5m for example',
      list(duration({ min: 1_000, max: 3_600_000 })),
    )
    .addOption(
      new Option('--balancer <name>', 'how the balancer chooses')
        .choices(Object.keys(balancers))
        .argParser((name: string) => Reflect.get(balancers, name) ?? refuse())
        .default('random'),
    )
    .addOption(
      new Option(
        '--pace <name>',
        "whether a client's requests come at random, or in pauses of half to one and a half of the mean",
      )
        .choices(['random', 'regular'])
        .default('random'),
    )
    .option(
      '--from <url>',
      'metrics of a server with @evenkeel/prometheus: reads connections and rate; may be given for each server',
      collect,
    )
    .addOption(
      new Option('--over <duration>', 'how far apart it reads them twice, for the rate')
        .argParser(duration({ min: 1_000, max: 600_000 }))
        .default(10_000, '10s'),
    )
    .option('--prefix <text>', 'what the names of these metrics begin with', 'evenkeel_')
}

function refuse(): never {
  throw new InvalidArgumentError(`Allowed choices are ${Object.keys(balancers).join(', ')}.`)
}

function list(read: (text: string) => number) {
  return (text: string): number[] => text.split(',').map((part) => read(part.trim()))
}

function collect(text: string, before: readonly URL[] = []): URL[] {
  return [...before, url(text)]
}
