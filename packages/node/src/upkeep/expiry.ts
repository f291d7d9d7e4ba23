import type { AsyncResource } from 'node:async_hooks'
import type { Server } from 'node:net'
import type { Connection } from '@evenkeel/core'
import { endIdle } from '../connection/end-idle.js'
import type { Transport, Watch } from '../connection/watch.js'

/** How many connections are ended in one turn of the event loop, at most: that takes a millisecond. */
const batch = 12

/** How long a first head may take on a server that has stopped listening: Node's own `headersTimeout`. */
const headTime = 60_000

/** How inexact the time of a last use may be, in milliseconds. */
const inexactness = 1_000

/** Ends the connections that nobody else would: those on which no request ever came, and those of a closed server. */
export class Expiry {
  readonly #watch: Watch
  readonly #server: Server
  readonly #outside: AsyncResource
  #hasListened = false
  #scheduled = false

  /** @param outside the async context of what goes on in further turns. */
  constructor(watch: Watch, server: Server, outside: AsyncResource) {
    this.#watch = watch
    this.#server = server
    this.#outside = outside
  }

  /** A server that was never seen to listen may get its connections from elsewhere: it is not taken for closed. */
  start(): void {
    this.#hasListened ||= this.#server.listening
  }

  /**
   * While the server listens, only the silent: for all others Node has a timer, except in a dry run. When it has stopped, Node has
   * stopped its timers too and waits for ever, for the silent and for those whose head never becomes whole; these are
   * ended as well, and those past their age.
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

  /** The first of those that are to be ended. They are looked for anew each time: to list all takes long. */
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

  /** Behind the reading of a turn: a request that has arrived is seen before its connection is taken for unused. */
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
