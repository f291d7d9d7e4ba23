import type { Server } from 'node:net'

/** The most connections that a server holds now: the lower one of its own limit and the option. */
export function capacityOf(server: Server, maxConnections: number): number {
  return maxConnections === Infinity ? Infinity : Math.min(server.maxConnections || Infinity, maxConnections)
}

/**
 * Lets Node refuse connections above the option. Returns a function that restores the server's own limit, unless
 * somebody else has changed it since. A lower limit stays. 0 stays too: some versions of Node take it for none,
 * others for no limit.
 */
export function limitConnections(server: Server, maxConnections: number): () => void {
  const before = server.maxConnections
  if (maxConnections === Infinity || before <= maxConnections) return () => {}
  server.maxConnections = maxConnections
  return () => {
    if (server.maxConnections === maxConnections) server.maxConnections = before
  }
}
