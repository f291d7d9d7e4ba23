import type { ServerHttp2Session } from 'node:http2'
import type { Connection, Protocol } from '@evenkeel/core'
import { cancelPending } from '../later.js'
import { connectionOf, type Purpose, type Transport, unbind, type Watch } from '../watch.js'

/** An HTTP/2 session. */
export class Http2Transport implements Transport {
  readonly watch: Watch
  readonly session: ServerHttp2Session
  retirement: AbortController | undefined = undefined
  pending: Map<Purpose, () => void> | undefined = undefined

  constructor(watch: Watch, session: ServerHttp2Session) {
    this.watch = watch
    this.session = session
  }

  /** A session's first bytes are its preface; it has an idle timer of its own. */
  readonly silent = false

  get protocol(): Protocol {
    return 'http/2'
  }

  get gone(): boolean {
    return this.session.destroyed
  }

  /**
   * GOAWAY, behind what has already been read: Node refuses every stream that it finds behind a `close()`,
   * also those that arrived with the one that is being handled. Streams that are open go on to their end.
   */
  retired(): void {
    setImmediate(() => {
      if (!this.session.closed && !this.session.destroyed) this.session.close()
    })
  }

  /** With GOAWAY as well, and without a wait for the client's. */
  end(): void {
    this.session.destroy()
  }

  destroy(): void {
    this.session.destroy()
  }

  release(): void {
    this.session.off('close', onSessionClose)
    unbind(this.session)
  }
}

export type Http2Connection = Connection<Http2Transport>

/** The connection of an HTTP/2 session. */
export function connectionOfSession(session: ServerHttp2Session): Http2Connection | undefined {
  return connectionOf<Http2Transport>(session)
}

export function onSessionClose(this: ServerHttp2Session): void {
  const connection = connectionOfSession(this)
  if (connection === undefined) return
  const { tracker, limits } = connection.transport.watch
  cancelPending(connection)
  // Whoever ended it, Node has closed its own side by now: the record alone can tell.
  tracker.close(connection, connection.retired === undefined ? 'client' : 'server', limits.clock.now())
}
