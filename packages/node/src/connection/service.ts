import type { Connection } from '@evenkeel/core'
import type { Transport } from './transport.js'

/** Told of a connection that opens while the server is leaving. */
export type Welcome = (connection: Connection<Transport>) => void

/** Whether a server is in service, or on its way out. */
export class Service {
  /** False once a shutdown has begun. */
  ready = true
  /** Whether a drain is under way. */
  draining = false
  /** There may be connections that are seen only with their next request. */
  unseen = false
  readonly newcomers: Set<Welcome> = new Set()

  /** The server listens again behind a shutdown. */
  resume(): void {
    this.ready = true
    this.unseen = false
    this.newcomers.clear()
  }
}
