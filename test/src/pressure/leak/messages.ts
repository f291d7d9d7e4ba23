/** What the server's process says whenever it is asked. */
export interface ServerCount {
  /** Sockets open now, and at most: counted at every event, not by Even Keel. */
  readonly open: number
  readonly most: number
  /** Connections from every address but the leaking client's, ever. */
  readonly fromOthers: number
  readonly evicted: number
  readonly refused: number
}

/** What a leaking client says when it has opened all that it should. */
export interface LeakCount {
  readonly opened: number
  /** Requests that failed, by error code. */
  readonly failures: Readonly<Record<string, number>>
}

/** What the well-behaved clients say at the end. */
export interface SteadyCount {
  readonly served: number
  readonly failures: Readonly<Record<string, number>>
  /** Requests for which a connection was opened. */
  readonly opened: number
}
