import type { ServerHttp2Session } from 'node:http2'
import { later } from '../later.js'
import { open } from '../open.js'
import { retire } from '../retire.js'
import type { Watch } from '../watch.js'
import { connectionOfSession, type Http2Connection, Http2Transport, onSessionClose } from './transport.js'

/** Starts to watch a session: when it begins, or at the first stream of one that is older than the watch. */
export function accept(watch: Watch, session: ServerHttp2Session): Http2Connection {
  const watched = connectionOfSession(session)
  if (watched !== undefined) return watched
  const connection = open(watch, new Http2Transport(watch, session), session, session.socket)
  if (connection.closed) return connection
  session.on('close', onSessionClose)
  retireWhenIdle(connection)
  return connection
}

/** Node has no idle timeout for sessions. One entry in the agenda follows each session's last use. */
function retireWhenIdle(connection: Http2Connection): void {
  const { limits } = connection.transport.watch
  if (limits.idleTimeout === Infinity || !limits.tuneTimeouts) return
  later(connection, connection.lastUsedAt + limits.idleTimeout, function due() {
    const now = limits.clock.now()
    const idleUntil = (connection.inFlight > 0 ? now : connection.lastUsedAt) + limits.idleTimeout
    if (now >= idleUntil) retire(connection, 'idle-timeout', now)
    else later(connection, idleUntil, due)
  })
}
