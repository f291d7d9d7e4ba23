import type { Connection } from '@evenkeel/core'
import type { Transport } from '../connection/watch.js'

interface Heard {
  readonly bytes: number
  /** When they were seen, if a request was not made of them by then. */
  readonly at: number
}

/**
 * Tells an idle connection from one on which a request begins to arrive: bytes have come, and no whole head. Node does
 * not tell of such a request, and `server.close()` waits for it too.
 */
export class Beginnings {
  readonly #heard = new Map<Connection<Transport>, Heard>()

  /** What has come by now belongs to requests that were answered. */
  settle(connection: Connection<Transport>): void {
    this.#heard.set(connection, { bytes: connection.transport.bytesRead, at: -Infinity })
  }

  forget(connection: Connection<Transport>): void {
    this.#heard.delete(connection)
  }

  /** Whether bytes have come within the last `patience` milliseconds, as far as calls of this have seen. */
  isBeginning(connection: Connection<Transport>, now: number, patience: number): boolean {
    const { bytesRead } = connection.transport
    const heard = this.#heard.get(connection)
    if (heard !== undefined && heard.bytes === bytesRead) return now - heard.at < patience
    this.#heard.set(connection, { bytes: bytesRead, at: now })
    return true
  }
}
