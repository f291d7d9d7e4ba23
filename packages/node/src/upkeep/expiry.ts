import type { AsyncResource } from 'node:async_hooks'
import type { Server } from 'node:net'
import type { Connection } from '@evenkeel/core'
import { endIdle } from '../connection/end-idle.js'
import type { Transport, Watch } from '../connection/watch.js'

/** How many connections end in one turn of the event loop, at most. That takes a millisecond. */
const batch = 12

/** How long a first head may take on a server that has stopped listening: Node's own `headersTimeout`. */
const headTime = 60_000

/** How inexact the time of a last use may be, in milliseconds. */
const inexactness = 1_000

/** Ends connections that nobody else would end: those without any request, and those of a closed server. */
export class Expiry {
  readonly #watch: Watch
  readonly #server: Server
  readonly #outside: AsyncResource
  #hasListened = false
  #scheduled = false

  /** @param outside the async context of the work in later turns. */
  constructor(watch: Watch, server: Server, outside: AsyncResource) {
    this.#watch = watch
    this.#server = server
    this.#outside = outside
  }

  /**
   * Notes that the server listens. A server that never did may get its connections from elsewhere. It does not count
   * as closed.
   */
  start(): void {
    this.#hasListened ||= this.#server.listening
  }

  /**
   * Ends what has expired. While the server listens, these are the silent connections: Node has a timer for all
   * others, except in a dry run. After the server has stopped listening, Node's timers have stopped too. It would
   * wait for ever for silent connections and for heads that never become whole. So these are ended too, and those
   * past their age.
   */
  end(now: number): void {
    const { tracker, limits } = this.#watch
    this.start()
    const isClosing = this.#hasListened && !this.#server.listening && !tracker.dryRun
    if (this.#scheduled || (!isClosing && !limits.tuneTimeouts)) return
    const since = now - (isClosing ? limits.quietGuard + inexactness : limits.idleTimeout)
    if (this.#expired(since, isClosing, 1).length > 0) this.#schedule(since, isClosing)
  }

  stop(): void {
    this.#scheduled = false
  }

  #endBatch(since: number, isClosing: boolean): void {
    if (!this.#scheduled) return
    this.#scheduled = false
    const expired = this.#expired(since, isClosing, batch)
    for (const connection of expired) endIdle(connection, 'idle-timeout', this.#watch.limits.clock.now())
    if (expired.length === batch) this.#schedule(since, isClosing)
  }

  /** The first connections that have expired. Each turn looks for them anew, because a list of all takes long. */
  #expired(since: number, isClosing: boolean, most: number): Connection<Transport>[] {
    const { tracker, limits } = this.#watch
    const now = limits.clock.now()
    const expired: Connection<Transport>[] = []
    for (const connection of tracker.table.unusedSince(since)) {
      if (!tracker.dryRun && !isExpired(connection, now, isClosing)) continue
      expired.push(connection)
      if (expired.length === most) break
    }
    return expired
  }

  /**
   * The batch runs after the reads of a turn. So a request that has arrived is seen before its connection is taken
   * for unused.
   */
  #schedule(since: number, isClosing: boolean): void {
    this.#scheduled = true
    this.#outside.runInAsyncScope(setImmediate, undefined, () => this.#endBatch(since, isClosing))
  }
}

function isExpired(
  { requests, openedAt, ageLimit, transport }: Connection<Transport>,
  now: number,
  isClosing: boolean,
): boolean {
  const isOld = isClosing && now - openedAt >= ageLimit
  if (requests > 0 && !isOld) return false
  return transport.silent || (isClosing && (requests > 0 || now - openedAt >= headTime))
}
