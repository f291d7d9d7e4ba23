import type { Habit } from './messages.js'

/** What the command line may say. */
export interface Options {
  readonly servers: number
  readonly connections?: number
  readonly restarts?: number
  readonly bareRestarts?: number
  readonly within: number
  readonly quiet: number
  readonly requests: number
  /** Of the briskest clients, the mean. */
  readonly pause: number
}

/** What happens in both runs. Durations in milliseconds. */
export interface Plan {
  readonly servers: number
  readonly connections: number
  readonly habits: readonly Habit[]
  /** Rounds: in each, the next server leaves while another takes its place. */
  readonly restarts: { readonly bare: number; readonly evenKeel: number }
  /** How long a server has to leave: the window of the drain, or until a bare server cuts what is left. */
  readonly within: number
  /** How long a connection is unused before the drain takes its client for gone. */
  readonly quiet: number
  /** The fewest requests of the run with Even Keel, spread over its rounds. */
  readonly requests: number
}

/** Connections for each server where the number is not given, and the fewest that leave chance no say. */
export const connectionsPerServer = { usual: 60, fewest: 40 } as const

const brisk = { clients: 16, together: 4 } as const
/** It has to exceed the longest time between two requests of a client, on a busy machine as well. */
export const usualQuiet = 5000

const pausing = { share: 1 / 4, pause: [1000, 3000] } as const
/** Requests per second of all clients that are neither brisk nor pausing. */
const steadyRate = 1200

/** Fills in what the options leave open. */
export function planRuns(options: Options): Plan {
  const { servers, within, quiet, requests, pause } = options
  const connections = options.connections ?? servers * connectionsPerServer.usual
  const restarts = options.restarts ?? servers
  return {
    servers,
    connections,
    habits: habitsOf(connections, pause),
    restarts: { bare: options.bareRestarts ?? restarts, evenKeel: restarts },
    within,
    quiet,
    requests,
  }
}

/** Some send every few milliseconds, some pause for seconds, most do neither. */
function habitsOf(connections: number, briskPause: number): Habit[] {
  const idle = Math.round(connections * pausing.share)
  const rest = connections - idle - brisk.clients
  const pause = (1000 * rest) / steadyRate
  return [
    { ...brisk, pause: [0.5 * briskPause, 1.5 * briskPause] },
    { clients: rest, together: 1, pause: [0.75 * pause, 1.25 * pause] },
    { clients: idle, together: 1, pause: pausing.pause },
  ]
}
