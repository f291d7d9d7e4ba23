/** What the demo tells one of its processes. Each command has one answer. */
export type Command =
  | { readonly type: 'count' }
  | { readonly type: 'balance'; readonly ports: readonly number[] }
  | ({ readonly type: 'drive' } & Drive)
  | { readonly type: 'measure' }
  | { readonly type: 'stop' }

/** What a process answers; `listening` comes by itself, once it can take connections. */
export type Answer =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'counted'; readonly count: number }
  | { readonly type: 'balancing' }
  | { readonly type: 'driving' }
  | { readonly type: 'measuring' }
  | ({ readonly type: 'stopped' } & Traffic)

/** What the clients are to do: `pace` is requests per second of each, one keep-alive connection at a time. */
export interface Drive {
  readonly port: number
  readonly connections: number
  readonly pace: number
}

/** What the clients saw: failures by error code; latency, in milliseconds, since they were told to measure it. */
export interface Traffic {
  readonly requests: number
  readonly failures: Readonly<Record<string, number>>
  readonly latency: { readonly p50: number; readonly p99: number }
}
