import { significant } from './chance.js'
import { firstServers, type SeenConnection, tally } from './seen.js'

/**
 * Whether the client's address decides: all connections from an address reach one server, though there are several.
 * Nothing where that cannot be told: from one address, or with too few connections from each.
 */
export function isByAddress(connections: readonly SeenConnection[]): boolean | undefined {
  const counts = [...tally(firstServers(connections)).values()]
  const all = counts.reduce((sum, count) => sum + count, 0)
  const groups = [...new Set(connections.map(({ from }) => from))].map((from) =>
    connections.filter((connection) => connection.from === from),
  )
  if (counts.length < 2 || groups.length < 2) return undefined
  if (groups.some((group) => new Set(group.flatMap(({ servers }) => servers)).size > 1)) return false
  const byChance = groups.reduce(
    (product, group) =>
      product * counts.reduce((sum, count) => sum + (count / all) ** firstServers(group).length, 0),
    1,
  )
  return byChance < significant ? true : undefined
}
