/** Every reason for which a connection is retired. The same strings stand in events, snapshots and docs. */
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
