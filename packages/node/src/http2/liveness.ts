import { setDeadline } from '../connection/deadline.js'
import type { Http2Connection } from './connection.js'

/** How long a client has to answer a PING, in milliseconds; gRPC: `KEEPALIVE_TIMEOUT`. */
const patience = 20_000

/**
 * Ends a leaving session whose client has gone without a sign. After a GOAWAY Node reports no protocol error and,
 * when it has stopped reading, no end of the client. Such a session would stay for ever. A client that is there
 * answers a PING (RFC 9113, section 6.7). A client that has sent a GOAWAY itself cannot be asked, because Node then
 * sends no PING.
 */
export function endWhenSilent(connection: Http2Connection): void {
  awaitWord(connection, connection.transport.session.socket?.bytesRead, false)
}

/** @param read how many bytes had come when the wait began. */
function awaitWord(connection: Http2Connection, read: number | undefined, isAsked: boolean): void {
  const { session, watch } = connection.transport
  setDeadline(connection, 'silence', watch.limits.clock.now() + patience, () => {
    if (session.destroyed) return
    if (session.socket.bytesRead !== read || session.closed) endWhenSilent(connection)
    else if (isAsked) cut(connection)
    else {
      session.ping(() => {})
      awaitWord(connection, read, true)
    }
  })
}

function cut(connection: Http2Connection): void {
  const { tracker, limits } = connection.transport.watch
  if (connection.inFlight > 0) tracker.destroy(connection, limits.clock.now())
  connection.transport.destroy()
}
