/** What the command line may say. */
export interface Options {
  readonly servers: number
  readonly connections?: number
  readonly maxRequests?: number
  /** Requests per second of all clients. */
  readonly rate?: number
  readonly seconds: number
  readonly store?: string
}

/** A run, second by second: warm-up, scale-out, and the part in which evenness is judged. */
export interface Plan {
  /** Servers after the scale-out. */
  readonly servers: number
  readonly serversAtFirst: number
  /** Clients, each with one connection at a time. */
  readonly connections: number
  /** What servers with Even Keel are given as `maxRequestsPerConnection`. */
  readonly maxRequests: number
  /** Where the servers of the fleet meet, as it is written in a program. */
  readonly store: string
  /** Requests per second of one client. */
  readonly pace: number
  readonly seconds: number
  /** The second after which the new servers start. */
  readonly scaleOutAt: number
  /** The second after which requests are judged, until the end. */
  readonly judgedFrom: number
}

/** Clients for each server where the number is not given, and the fewest that leave chance no say. */
export const connectionsPerServer = { usual: 20, fewest: 20 } as const

/** What a fleet sheds in a second is a part of the load: brisk clients see it even out in seconds. */
const fastestPace = 24
/** By itself the demo does not choose to spend its time on connects. */
const fewestRequests = 3
/** Across all clients: about half of one core, clients, balancer and servers together. */
const mostRequestsPerSecond = 2000

/** Fills in what the options leave open. */
export function planRun({ servers, seconds, ...options }: Options): Plan {
  const connections = options.connections ?? servers * connectionsPerServer.usual
  const { rate = Math.min(fastestPace * connections, mostRequestsPerSecond) } = options
  const pace = rate / connections
  const sixth = Math.max(1, Math.floor(seconds / 6))
  return {
    servers,
    serversAtFirst: Math.floor(servers / 2),
    connections,
    maxRequests: options.maxRequests ?? Math.max(fewestRequests, Math.round((pace * seconds) / 15)),
    pace,
    store: options.store ?? 'clusterStore()',
    seconds,
    scaleOutAt: sixth,
    judgedFrom: seconds - sixth,
  }
}

/** How many requests a client sends between the scale-out and the judged part: what evening out has time for. */
export function requestsToEvenOut(plan: Plan): number {
  return Math.floor(plan.pace * (plan.judgedFrom - plan.scaleOutAt))
}

/** A server in a fleet sheds at most one connection for so many requests. */
const requestsPerShed = 300
/** Until a server knows of the new ones, and a few that it has shed have not come back. */
const secondsToNotice = 5
/** Of its fair share: at next to no surplus a server sheds next to nothing. */
const nearlyEven = 1.1

/** About how many seconds a fleet takes to even out after the scale-out. */
export function secondsToEvenOut({ servers, serversAtFirst, pace }: Plan): number {
  // So much of what is shed comes back to those that shed.
  const back = serversAtFirst / servers
  const fold = requestsPerShed / pace / (1 - back)
  return Math.ceil(secondsToNotice + fold * Math.max(0, Math.log(1 / (back * nearlyEven))))
}
