import type { Server } from 'node:net'

/** The most connections that a server holds now: the lower one of its own limit and the option. */
export function capacityOf(server: Server, maxConnections: number): number {
  return maxConnections === Infinity ? Infinity : Math.min(server.maxConnections || Infinity, maxConnections)
}

/**
 * Lets Node refuse what is above the option, and returns what sets its limit back, except where somebody else has
 * changed it since. A lower limit stays, and so does 0, which means none to some versions of Node and all to others.
 */
export function limitConnections(server: Server, maxConnections: number): () => void {
  const before = server.maxConnections
  if (maxConnections === Infinity || before <= maxConnections) return () => {}
  server.maxConnections = maxConnections
  return () => {
    if (server.maxConnections === maxConnections) server.maxConnections = before
  }
}
