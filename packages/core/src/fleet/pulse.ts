import type { Connection } from '../table/connection.js'

/** What a member knows of the load of one connection. */
export class Pulse<Transport = unknown> {
  readonly connection: Connection<Transport>
  /** Since when it is read, in milliseconds. */
  readonly since: number
  /** How many requests it had served when it was read last. */
  #seen: number
  /** Requests per second, averaged over the window. It lags behind while the connection is young. */
  average = 0
  /** The same without the lag. */
  rate = 0
  /** Whether a request came since it was read before. */
  isBeating = false
  /** It was shed: its load counts as gone, whether its client has gone by now or not. */
  isShed = false

  constructor(connection: Connection<Transport>, since: number, seen: number) {
    this.connection = connection
    this.since = since
    this.#seen = seen
  }

  /**
   * Reads how many requests came within the last `seconds`.
   *
   * @param kept how much of the average is left of what it was before.
   */
  read(seconds: number, kept: number): void {
    const { requests } = this.connection
    const came = requests - this.#seen
    this.#seen = requests
    this.isBeating = came > 0
    this.average = this.average * kept + (came / seconds) * (1 - kept)
  }
}
