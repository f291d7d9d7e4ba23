import type { ServerHttp2Session } from 'node:http2'
import { open } from '../open.js'
import type { Watch } from '../watch.js'
import { connectionOfSession, type Http2Connection, Http2Transport, onSessionClose } from './transport.js'

/** Starts to watch a session: when it begins, or at the first stream of one that is older than the watch. */
export function accept(watch: Watch, session: ServerHttp2Session): Http2Connection {
  const watched = connectionOfSession(session)
  if (watched !== undefined) return watched
  const connection = open(watch, new Http2Transport(watch, session), session, session.socket)
  if (connection.stage !== 'closed') session.on('close', onSessionClose)
  return connection
}
