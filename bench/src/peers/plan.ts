/** How one peer is tried. Every peer is tried in the same way. */
export interface Plan {
  /** Clients, each with one connection at a time and one request in flight. */
  readonly clients: number
  /** Requests per second of one client. */
  readonly pace: number
  /** Requests that a connection may serve, where a peer counts them. */
  readonly limit: number
  /** How old a connection may get, where a peer looks at that: about as old as one of `limit` requests. In milliseconds. */
  readonly age: number
  readonly serversAtFirst: number
  readonly servers: number
  /** How long each part takes, in milliseconds. */
  readonly parts: {
    /** As many requests as are answered, until the servers' code is compiled. */
    readonly warmUp: number
    /** At their pace from here on. */
    readonly settling: number
    /** What CPU time is of: the same few servers, evenly loaded, whatever ends connections. */
    readonly steady: number
    /** After the new servers have come: connections find their new places. */
    readonly evening: number
    /** What all other figures are of. */
    readonly judged: number
    /** Pipelined requests, when the other clients have gone. */
    readonly pipelined: number
  }
}

/** What a plan can have that is not the usual. */
export type Unusual = Partial<Pick<Plan, 'clients' | 'pace' | 'limit'>>

/**
 * In the usual 40 seconds a fleet has time to even out, and a connection reaches its limit twice in what is judged,
 * so that it does not matter where in its life it is when that begins.
 */
export function planPeers(seconds: number, { clients = 60, pace = 40, limit = 200 }: Unusual = {}): Plan {
  const age = (limit / pace) * 1_000
  const part = (share: number): number => share * seconds * 1_000
  return {
    clients,
    pace,
    limit,
    age,
    serversAtFirst: 2,
    servers: 4,
    parts: {
      warmUp: part(0.1),
      settling: part(0.05),
      steady: part(0.25),
      evening: part(0.35),
      judged: part(0.25),
      pipelined: 1.5 * age,
    },
  }
}
