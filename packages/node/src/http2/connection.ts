import type { ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'
import type { Connection } from '@evenkeel/core'
import { connectionOf } from '../connection/carrier.js'
import type { Transport } from '../connection/watch.js'

/** An HTTP/2 session. */
export interface Http2Transport extends Transport {
  readonly session: ServerHttp2Session
  /** What carries the session. Unknown for a session that is older than the watch. */
  readonly socket: Socket | undefined
  /** The last stream that is served. `Infinity` until a GOAWAY says it. */
  lastStream: number
}

export type Http2Connection = Connection<Http2Transport>

/** The connection of an HTTP/2 session. */
export function connectionOfSession(session: ServerHttp2Session): Http2Connection | undefined {
  return connectionOf<Http2Transport>(session)
}
