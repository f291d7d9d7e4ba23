import type { ServerOptions } from '@evenkeel/node'

/** Limits that no script can reach. */
export const outOfReach: ServerOptions = {
  maxRequestsPerConnection: Infinity,
  maxConnectionAge: Infinity,
  tuneTimeouts: false,
  jitter: 0,
  random: () => 0,
}
