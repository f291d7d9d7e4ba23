import type { ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'
import type { Protocol } from '@evenkeel/core'
import { unbind } from '../connection/carrier.js'
import { open } from '../connection/open.js'
import type { Purpose, Watch } from '../connection/watch.js'
import { connectionOfSession, type Http2Connection, type Http2Transport } from './connection.js'
import { sayGoaway } from './goaway.js'
import { onSessionClose } from './session-close.js'

/**
 * Starts to watch a session when it begins. A session that is older than the watch is watched from its next stream
 * on.
 *
 * @param socket what carries the session, if that is known: a session hides its socket.
 */
export function accept(watch: Watch, session: ServerHttp2Session, socket?: Socket): Http2Connection {
  const watched = connectionOfSession(session)
  if (watched !== undefined) return watched
  const connection = open(watch, new WatchedSession(watch, session, socket), session, session.socket)
  if (connection.stage !== 'closed') session.on('close', onSessionClose)
  return connection
}

class WatchedSession implements Http2Transport {
  readonly watch: Watch
  readonly session: ServerHttp2Session
  readonly socket: Socket | undefined
  /** A session's first bytes are its preface, not a request. It has an idle timer of its own. */
  readonly silent: boolean = false
  readonly bytesRead: number = 0
  lastStream: number = Infinity
  declare retirement?: AbortController
  declare deadlines?: Map<Purpose, () => void>

  constructor(watch: Watch, session: ServerHttp2Session, socket: Socket | undefined) {
    this.watch = watch
    this.session = session
    this.socket = socket
  }

  get protocol(): Protocol {
    return 'http/2'
  }

  /** A session that is over ends its socket, and then waits for the client's end. */
  get gone(): boolean {
    return this.session.destroyed && this.socket?.destroyed !== false
  }

  retired(): void {
    const connection = connectionOfSession(this.session)
    if (connection !== undefined) sayGoaway(connection)
  }

  /** Sends GOAWAY, and does not wait for the client. */
  destroy(): void {
    if (this.session.destroyed) this.socket?.destroy()
    else this.session.destroy()
  }

  release(): void {
    const connection = connectionOfSession(this.session)
    this.session.off('close', onSessionClose)
    unbind(this.session)
    // Its GOAWAY is on the way. Nobody else would close it after its streams.
    if (connection?.isEnding) setImmediate(() => this.session.close())
  }
}
