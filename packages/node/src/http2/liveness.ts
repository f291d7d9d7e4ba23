import { setDeadline } from '../connection/deadline.js'
import type { Http2Connection } from './connection.js'

/** How long a client that is asked may say nothing, in milliseconds; gRPC: `KEEPALIVE_TIMEOUT`. */
const patience = 20_000

/**
 * Ends a leaving session whose client has gone without a sign. Behind a GOAWAY Node tells neither of an error of the
 * protocol nor, when it has stopped reading, of the client's end: such a session would stay for ever. A client that is
 * there answers a PING (RFC 9113, section 6.7). One that has said GOAWAY itself cannot be asked: Node sends no PING then.
 */
export function endWhenSilent(connection: Http2Connection): void {
  const { session } = connection.transport
  const read = session.socket?.bytesRead
  again(connection, () => {
    if (session.socket.bytesRead !== read || session.closed) return endWhenSilent(connection)
    session.ping(() => {})
    again(connection, () => {
      if (session.socket.bytesRead !== read || session.closed) return endWhenSilent(connection)
      const { tracker, limits } = connection.transport.watch
      if (connection.inFlight > 0) tracker.destroy(connection, limits.clock.now())
      connection.transport.destroy()
    })
  })
}

function again(connection: Http2Connection, look: () => void): void {
  const { session, watch } = connection.transport
  setDeadline(connection, 'silence', watch.limits.clock.now() + patience, () => {
    if (!session.destroyed) look()
  })
}
