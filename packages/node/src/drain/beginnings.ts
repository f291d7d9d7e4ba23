import type { Connection } from '@evenkeel/core'
import type { Transport } from '../connection/watch.js'

interface Heard {
  readonly bytes: number
  /** When they were first seen. `-Infinity` for bytes of requests that were answered. */
  readonly at: number
}

/**
 * Tells an idle connection from one on which a request begins to arrive: bytes have come, but no whole head. Node has
 * no event for this, and `server.close()` waits for such a request too.
 */
export class Beginnings {
  readonly #heard = new Map<Connection<Transport>, Heard>()

  /** The bytes until now belong to requests that were answered. */
  settle(connection: Connection<Transport>): void {
    this.#heard.set(connection, { bytes: connection.transport.bytesRead, at: -Infinity })
  }

  forget(connection: Connection<Transport>): void {
    this.#heard.delete(connection)
  }

  /** Whether bytes have come within the last `patience` milliseconds. Only calls of this method see new bytes. */
  isBeginning(connection: Connection<Transport>, now: number, patience: number): boolean {
    const { bytesRead } = connection.transport
    const heard = this.#heard.get(connection)
    if (heard !== undefined && heard.bytes === bytesRead) return now - heard.at < patience
    this.#heard.set(connection, { bytes: bytesRead, at: now })
    return true
  }
}
