import type { ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'
import type { Connection } from '@evenkeel/core'
import { connectionOf } from '../connection/carrier.js'
import type { Transport } from '../connection/watch.js'

/** An HTTP/2 session. */
export interface Http2Transport extends Transport {
  readonly session: ServerHttp2Session
  /** What carries the session; unknown of one that is older than the watch. */
  readonly socket: Socket | undefined
  /** The last stream that is served, once a GOAWAY says so. */
  lastStream: number
}

export type Http2Connection = Connection<Http2Transport>

/** The connection of an HTTP/2 session. */
export function connectionOfSession(session: ServerHttp2Session): Http2Connection | undefined {
  return connectionOf<Http2Transport>(session)
}
