import type { Failures } from '@evenkeel/example-stage/failures'

import type { FleetStatus } from '@evenkeel/node'

/** What the demo tells one of its processes. Each command has one answer. */
export type Command =
  | { readonly type: 'count' }
  | { readonly type: 'balance'; readonly ports: readonly number[] }
  | ({ readonly type: 'drive' } & Drive)
  | { readonly type: 'measure' }
  | { readonly type: 'lap' }
  | { readonly type: 'leave' }
  | { readonly type: 'stop' }

/** What a process answers; `listening` comes by itself, once it can take connections. */
export type Answer =
  | { readonly type: 'listening'; readonly port: number; readonly metricsPort?: number | undefined }
  | { readonly type: 'counted'; readonly count: number }
  | { readonly type: 'balancing' }
  | { readonly type: 'driving' }
  | { readonly type: 'measuring' }
  | { readonly type: 'lapped'; readonly latency: Latency | undefined }
  | { readonly type: 'left'; readonly status: FleetStatus | undefined }
  | ({ readonly type: 'stopped' } & Traffic)

/** What the clients are to do: `pace` is requests per second of each, one keep-alive connection at a time. */
export interface Drive {
  readonly port: number
  readonly connections: number
  readonly pace: number
}

/** What half, and 99 of 100, took at most; in milliseconds. */
export interface Percentiles {
  readonly p50: number
  readonly p99: number
}

/** Of answers. */
export type Latency = Percentiles

/** What the clients saw and counted themselves. */
export interface Traffic {
  readonly requests: number
  /** Connections that they opened. All are closed by now. */
  readonly opened: number
  /** Responses that said `Connection: close`. */
  readonly lastResponses: number
  /** By error code. */
  readonly failures: Failures
  /** Since they were told to measure it. */
  readonly latency: Latency
  /** How long connections lived that a server has ended; nothing where there were none. */
  readonly lives?: Percentiles | undefined
}
