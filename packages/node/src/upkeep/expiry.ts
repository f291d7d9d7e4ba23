import type { AsyncResource } from 'node:async_hooks'
import type { Server } from 'node:net'
import { type Connection, isIdle } from '@evenkeel/core'
import { endIdle } from '../connection/end-idle.js'
import type { Transport } from '../connection/transport.js'
import type { Watch } from '../connection/watch.js'

/** How many connections are looked at in one turn of the event loop, at most: to end them takes a millisecond. */
const batch = 64

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
  /** Those that are still to be looked at. */
  #unused: Connection<Transport>[] = []

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
    if (this.#unused.length > 0 || (!isClosing && !limits.tuneTimeouts)) return
    const since = now - (isClosing ? limits.quietGuard + inexactness : limits.idleTimeout)
    this.#unused = tracker.table.unusedSince(since).filter(({ requests, openedAt, ageLimit }) => {
      return requests === 0 || tracker.dryRun || (isClosing && now - openedAt >= ageLimit)
    })
    if (this.#unused.length > 0) this.#scheduleBatch(since, isClosing)
  }

  stop(): void {
    this.#unused = []
  }

  #endBatch(since: number, isClosing: boolean): void {
    const { limits, tracker } = this.#watch
    const now = limits.clock.now()
    for (const connection of this.#unused.splice(0, batch)) {
      if (!isIdle(connection) || connection.lastUsedAt > since) continue
      const mayBegin = connection.requests === 0 && now - connection.openedAt < headTime
      const isExpired = connection.transport.silent || tracker.dryRun || (isClosing && !mayBegin)
      if (isExpired) endIdle(connection, 'idle-timeout', now)
    }
    if (this.#unused.length > 0) this.#scheduleBatch(since, isClosing)
  }

  /** Behind the reading of a turn: a request that has arrived is seen before its connection is taken for unused. */
  #scheduleBatch(since: number, isClosing: boolean): void {
    this.#outside.runInAsyncScope(setImmediate, undefined, () => this.#endBatch(since, isClosing))
  }
}
