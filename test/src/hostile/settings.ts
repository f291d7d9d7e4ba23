import type { ServerOptions } from '@evenkeel/node'

/** Options under which everything in this folder must hold. */
export interface Settings {
  readonly name: string
  readonly options: ServerOptions
}

/**
 * The defaults; every response the last of its connection, so that each one is marked and lingers; and so little room
 * that connections are evicted all the time.
 */
export const everySettings: readonly Settings[] = [
  { name: 'the defaults', options: {} },
  { name: 'one request for each connection', options: { maxRequestsPerConnection: 1, jitter: 0 } },
  { name: 'room for 20', options: { maxConnections: 20, quietGuard: 1 } },
]
