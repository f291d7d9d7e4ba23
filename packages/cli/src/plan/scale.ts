import type { Numbers } from './numbers.js'

/** How many connections are simulated at most, in all runs of a candidate. */
const most = 6_000

/** How many runs of a candidate, at most: the more, the less of its figures is chance. */
const mostRuns = 5

/** Fewer servers would not show what the hottest of many is. */
const fewestServers = 5

/** From so many requests a second of a connection on they take the time, where they come in regular pauses. */
const brisk = 10

/** The same for connections that a client opens. */
const hasty = 0.5

/** What is simulated of the numbers, and how often. */
export interface Scaled {
  readonly numbers: Numbers
  readonly runs: number
  /** By how much the servers, and the connections of each, were divided. */
  readonly servers: number
  readonly connections: number
}

/**
 * Makes the simulation small enough to take seconds.
 *
 * @param fewestRequests of a connection, of all limits that are tried.
 */
export function scale(numbers: Numbers, fewestRequests: number = Infinity): Scaled {
  const { servers, to, connections, clients, rate, pace } = numbers
  const each = rate / connections
  const effort = Math.max(1, pace === 'regular' ? each / brisk : 0, each / fewestRequests / hasty)
  const factor = Math.max(1, (connections * effort) / most)
  const fewer = commonFactor(servers, to, factor)
  const rest = factor / fewer
  const shrink = (count: number): number => Math.max(1, Math.round(count / factor))
  const scaled = shrink(connections)
  return {
    numbers: {
      ...numbers,
      servers: servers / fewer,
      to: to / fewer,
      connections: scaled,
      clients: Math.min(scaled, shrink(clients)),
      rate: (rate / connections) * scaled,
    },
    runs: Math.max(1, Math.min(mostRuns, Math.floor(most / (scaled * effort)))),
    servers: fewer,
    connections: rest,
  }
}

/** The largest whole number up to `factor` that divides both. */
function commonFactor(servers: number, to: number, factor: number): number {
  for (let by = Math.floor(factor); by > 1; by--) {
    if (servers % by === 0 && to % by === 0 && servers / by >= fewestServers) return by
  }
  return 1
}
