import type { SeenConnection } from './seen.js'

/** How many servers a connection reaches: `one` is layer 4, `many` layer 7. */
export type Reach = 'one' | 'many' | 'unknown'

/**
 * A balancer of layer 4 cannot lead one connection to two servers: one such connection is enough for layer 7.
 * That all of them stay with one by chance, behind a balancer that chooses for each request, is as good as impossible.
 */
export function judgeReach(connections: readonly SeenConnection[]): Reach {
  const longer = connections.filter(({ servers }) => servers.length > 1)
  if (longer.some(({ servers }) => new Set(servers).size > 1)) return 'many'
  const reached = new Set(connections.flatMap(({ servers }) => servers))
  if (reached.size < 2 || longer.length < 2) return 'unknown'
  const shares = [...reached].map(
    (server) => connections.filter(({ servers }) => servers[0] === server).length / connections.length,
  )
  const byChance = longer.reduce(
    (product, { servers }) => product * shares.reduce((sum, share) => sum + share ** servers.length, 0),
    1,
  )
  return byChance < 0.001 ? 'one' : 'unknown'
}
