/**
 * Every reason for which a connection is retired. The same strings stand in events, snapshots, metrics and docs.
 *
 * - `max-requests`: it has served as many requests as it may (`maxRequestsPerConnection`).
 * - `max-age`: it is as old as it may get (`maxConnectionAge`).
 * - `idle-timeout`: the server closed it, because it was idle for `idleTimeout`.
 * - `evicted`: it was idle, and made room for others (`maxConnections`).
 * - `drain`: its server leaves, or hands a share of its connections over.
 * - `fleet`: its server has more than its fair share of the load.
 * - `manual`: the application asked for it (`keel.retire`).
 */
export const reasons = [
  'max-requests',
  'max-age',
  'idle-timeout',
  'evicted',
  'drain',
  'fleet',
  'manual',
] as const

/** Why a connection takes no more requests. The first reason wins. */
export type Reason = (typeof reasons)[number]
