import type { Server } from 'node:net'

/** The most connections that a server is to hold: the lower one of its own limit and the option. */
export function capacityOf(server: Server, maxConnections: number): number {
  return Math.min(server.maxConnections || Infinity, maxConnections)
}

/**
 * Lets Node refuse what is above the capacity, and returns what sets its limit back, except where somebody else
 * has changed it since.
 */
export function limitConnections(server: Server, capacity: number): () => void {
  if (capacity === Infinity) return () => {}
  const before = server.maxConnections
  server.maxConnections = capacity
  return () => {
    if (server.maxConnections === capacity) server.maxConnections = before
  }
}
