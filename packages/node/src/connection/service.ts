import type { Connection } from '@evenkeel/core'

/** Called for each connection that opens while the server is leaving. */
export type Welcome<Transport> = (connection: Connection<Transport>) => void

/** Whether a server is in service, or is leaving. */
export class Service<Transport> {
  /** False once a shutdown has begun. */
  ready = true
  /** Whether a drain is under way. */
  draining = false
  /** Whether there may be connections that are seen only with their next request. */
  unseen = false
  readonly newcomers: Set<Welcome<Transport>> = new Set()

  /** The server listens again after a shutdown. */
  resume(): void {
    this.ready = true
    this.unseen = false
    this.newcomers.clear()
  }
}
