/** What the command line may say. */
export interface Options {
  readonly servers: number
  readonly connections?: number
  readonly maxRequests?: number
  readonly seconds: number
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
  /** Requests per second of one client. */
  readonly pace: number
  readonly seconds: number
  /** The second after which the new servers start. */
  readonly scaleOutAt: number
  /** The second after which requests are judged, until the end. */
  readonly judgedFrom: number
}

/** Clients for each server where the number is not given, and the fewest that leave chance no say. */
export const connectionsPerServer = { usual: 40, fewest: 20 } as const

const fastestPace = 12
/** By itself the demo does not choose to spend its time on connects. */
const fewestRequests = 3
/** Across all clients: about half of one core, clients, balancer and servers together. */
const mostRequestsPerSecond = 2000

/** Fills in what the options leave open. */
export function planRun({ servers, seconds, ...options }: Options): Plan {
  const connections = options.connections ?? servers * connectionsPerServer.usual
  const pace = Math.min(fastestPace, mostRequestsPerSecond / connections)
  const third = Math.floor(seconds / 3)
  return {
    servers,
    serversAtFirst: Math.floor(servers / 2),
    connections,
    maxRequests: options.maxRequests ?? Math.max(fewestRequests, Math.round((pace * third) / 3)),
    pace,
    seconds,
    scaleOutAt: third,
    judgedFrom: seconds - third,
  }
}

/** How many requests a client sends between the scale-out and the judged part: what evening out has time for. */
export function requestsToEvenOut(plan: Plan): number {
  return Math.floor(plan.pace * (plan.judgedFrom - plan.scaleOutAt))
}
