import type { Failures } from '@evenkeel/example-stage/failures'

/** What the example tells one of its processes. Each command has one answer. */
export type Command =
  | { readonly type: 'count' }
  | ({ readonly type: 'leak' } & Leak)
  | ({ readonly type: 'drive' } & Drive)
  | { readonly type: 'stop' }

/** What a process answers; `listening` comes by itself, once the server can take connections. */
export type Answer =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'started' }
  | ({ readonly type: 'sockets' } & Sockets)
  | ({ readonly type: 'leaked' } & Leaked)
  | ({ readonly type: 'traffic' } & Traffic)

/** What the leaking client is to do: `rate` requests a second in all, over a new connection each. */
export interface Leak {
  readonly port: number
  readonly rate: number
  /** Requests in flight at most. */
  readonly workers: number
}

/** What the well-behaved clients are to do, one for each address that they connect from. */
export interface Drive {
  readonly port: number
  readonly addresses: readonly string[]
  /** Milliseconds between two requests of every other client. */
  readonly interval: number
  /** The same for the rest of them, the quiet ones. */
  readonly quietInterval: number
  /** Milliseconds between two requests for which a client opens a connection beside the one that it keeps. */
  readonly freshInterval: number
}

/** What the server counted since it started. */
export interface Sockets {
  readonly open: number
  /** Open at one time, at most. */
  readonly most: number
  /** Connections closed to make room, and newcomers turned away; of a bare server nobody knows. */
  readonly evicted?: number
  readonly refused?: number
}

/** What the leaking client counted: requests answered, each over a connection of its own that it never closes. */
export interface Leaked {
  readonly opened: number
  readonly failures: Failures
}

/** What the well-behaved clients counted. */
export interface Traffic {
  /** Requests that were answered, over kept and fresh connections. */
  readonly served: number
  /** Requests that failed on the connections that the clients keep, by error code. */
  readonly keptFailures: Failures
  /** Requests that were sent over a fresh connection. */
  readonly fresh: number
  readonly freshFailures: Failures
  /** How often a client had to open anew the connection that it keeps. */
  readonly reopened: number
}
