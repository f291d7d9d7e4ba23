import type { Failures } from '@evenkeel/example-stage/failures'
import type { DrainReport } from '@evenkeel/node'

/** What the example tells one of its processes. Each command has one answer. */
export type Command =
  | { readonly type: 'balance'; readonly ports: readonly number[] }
  | { readonly type: 'leave'; readonly port: number }
  | { readonly type: 'departures'; readonly port: number }
  | ({ readonly type: 'drive' } & Drive)
  | { readonly type: 'count' }
  | { readonly type: 'stop' }

/** What a process answers; `listening` comes by itself, and so does what a server says when it leaves. */
export type Answer =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'balancing' }
  | { readonly type: 'leaving' }
  | ({ readonly type: 'departed' } & Departures)
  | { readonly type: 'driving' }
  | { readonly type: 'counted'; readonly count: number; readonly failed: number }
  | ({ readonly type: 'stopped' } & Traffic)
  | ({ readonly type: 'executed' } & Executed)

/** Clients of one habit: each sends, pauses for so many milliseconds, and sends again. */
export interface Habit {
  readonly clients: number
  /** Clients that share a pool, which has as many connections. */
  readonly together: number
  readonly pause: readonly [least: number, most: number]
}

/** What the clients are to do. */
export interface Drive {
  readonly port: number
  readonly habits: readonly Habit[]
}

/** What the clients saw. Their requests have the ids 1, 2, 3 and so on. */
export interface Traffic {
  readonly requests: number
  /** By error code. */
  readonly failures: Failures
  /** The ids of requests that failed. */
  readonly failed: readonly number[]
  /** Milliseconds, from the call to the last byte of the answer. */
  readonly latency: { readonly p50: number; readonly p99: number }
}

/** What a server did. */
export interface Executed {
  /** The id of each request that it executed, each time. */
  readonly ids: readonly number[]
  /** What the drain tells, where there was one. */
  readonly report?: DrainReport
}

/** What became of the connections that a server had when it was told to leave. */
export interface Departures {
  readonly connections: number
  /** When each of them ended, in milliseconds since then. */
  readonly moments: readonly number[]
}
