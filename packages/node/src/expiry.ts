import type { AsyncResource } from 'node:async_hooks'
import type { Server } from 'node:net'
import { type Connection, isIdle } from '@evenkeel/core'
import { endIdle } from './end.js'
import type { Transport, Watch } from './watch.js'

/** How many connections are ended in one turn of the event loop, at most: about a millisecond's worth. */
const batch = 64

/** How inexact the time of a last use may be, in milliseconds. */
const inexactness = 1_000

/** Ends the connections that nobody else would: those on which no request ever came, and those of a closed server. */
export class Expiry {
  readonly #watch: Watch
  readonly #server: Server
  readonly #outside: AsyncResource
  #hasListened = false
  #ending: Connection<Transport>[] = []

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
   * While the server listens, only the silent: for all others Node has a timer. When it has stopped, Node has
   * stopped its timers too and waits for ever, for the silent and for those whose head never becomes whole; these are
   * ended as well, and those past their age.
   */
  end(now: number): void {
    const { tracker, limits } = this.#watch
    this.start()
    const isClosing = this.#hasListened && !this.#server.listening
    if (this.#ending.length > 0 || (!isClosing && !limits.tuneTimeouts)) return
    const since = now - (isClosing ? limits.quietGuard + inexactness : limits.idleTimeout)
    this.#ending = tracker.unusedSince(since).filter((connection) => {
      const { requests, openedAt, ageLimit, transport } = connection
      return transport.silent || (isClosing && (requests === 0 || now - openedAt >= ageLimit))
    })
    this.#endBatch(since)
  }

  stop(): void {
    this.#ending = []
  }

  #endBatch(since: number): void {
    const { clock } = this.#watch.limits
    for (const connection of this.#ending.splice(0, batch)) {
      if (isIdle(connection) && connection.lastUsedAt <= since) {
        endIdle(connection, 'idle-timeout', clock.now())
      }
    }
    if (this.#ending.length === 0) return
    this.#outside.runInAsyncScope(setImmediate, undefined, () => this.#endBatch(since))
  }
}
