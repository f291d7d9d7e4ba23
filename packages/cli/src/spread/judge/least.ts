import { binomialTail, significant } from './chance.js'
import { firstServers, type Seen } from './seen.js'

/** Other clients come between: so many of those that could fill the gap do, if it is filled at all. */
const filled = 0.95

/**
 * Whether new connections go to the server that has the fewest. Those of one server were closed: then nearly all of the
 * next ones go there, until it has as many as the others. Nothing where too few were closed to tell.
 */
export function isLeastConnections({ connections, closed }: Seen): boolean | undefined {
  if (closed === undefined) return undefined
  const before = firstServers(connections.filter(({ isLater }) => !isLater))
  const next = firstServers(connections.filter(({ isLater }) => isLater)).slice(0, closed.room)
  const isThere = (server: string): boolean => server === closed.server
  const there = next.filter(isThere).length
  const elsewhere = next.length - there
  if (binomialTail(elsewhere, next.length, 1 - filled) < significant) return false
  const usual = before.filter(isThere).length / before.length
  return binomialTail(there, next.length, usual) < significant ? true : undefined
}
