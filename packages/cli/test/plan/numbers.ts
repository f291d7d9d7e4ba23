import type { Numbers } from '#cli/plan/numbers'

/** 2 servers that become 4, with 200 equal clients of 5 requests a second each. */
export const few: Numbers = {
  servers: 2,
  to: 4,
  connections: 200,
  clients: 200,
  rate: 1_000,
  skew: 0,
  pace: 'random',
  balancer: 'random',
  handshake: 0.46,
  idleTimeout: 65_000,
  within: 60_000,
}
