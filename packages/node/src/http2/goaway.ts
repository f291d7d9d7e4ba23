import { constants, type ServerHttp2Stream } from 'node:http2'
import { awaitClientClose } from '../connection/client-close.js'
import { setDeadline } from '../connection/deadline.js'
import type { Http2Connection } from './connection.js'
import { endWhenSilent } from './liveness.js'

/**
 * How long to wait before the next check whether a GOAWAY has left, in milliseconds. A client that does not read
 * holds it up.
 */
const patience = 1_000

/**
 * Ends a session after the streams that have been read. Those go on to their end. No further stream is served.
 *
 * `session.close()` alone is not enough. After it Node refuses the streams that it still reads, while it reads them.
 * A refusal sends the waiting GOAWAY, and nghttp2 then frees the stream that is being read. Node 20 uses that freed
 * memory. So the GOAWAY goes first, and streams that come in between are withheld. When it has left, nghttp2 ignores
 * new streams by itself (RFC 9113, section 6.8).
 */
export function sayGoaway(connection: Http2Connection): void {
  // This runs after the streams that have arrived together with the current one.
  setImmediate(() => {
    const { transport } = connection
    const { session, watch } = transport
    if (session.destroyed || !watch.tracker.move(connection, 'open', 'last')) return
    transport.lastStream = session.state.lastProcStreamID ?? 0
    endWhenSilent(connection)
    session.goaway(constants.NGHTTP2_NO_ERROR, transport.lastStream)
    setImmediate(() => markWhenSent(connection))
  })
}

/**
 * Whether a stream has crossed the GOAWAY. Such a stream does not reach the application. nghttp2 closes it when the
 * GOAWAY leaves. The GOAWAY tells its client that the stream was not processed.
 */
export function isWithheld(connection: Http2Connection, stream: ServerHttp2Stream): boolean {
  if (stream.id === undefined || stream.id <= connection.transport.lastStream) return false
  stream.on('error', () => {})
  return true
}

/**
 * Closes a session when its last stream is over, and waits for its client to close. It must not be closed earlier,
 * because Node no longer notices the errors of a closed session. It must not be closed later, because Node stops
 * reading when no stream is open after a GOAWAY.
 */
export function closeBehindStreams(connection: Http2Connection): void {
  const { session, watch } = connection.transport
  if (connection.inFlight > 0 || !watch.tracker.move(connection, 'marked', 'waiting')) return
  session.close()
  awaitClientClose(connection)
}

function markWhenSent(connection: Http2Connection): void {
  const { session, watch } = connection.transport
  if (session.destroyed) return
  if (session.state.outboundQueueSize !== 0) {
    setDeadline(connection, 'linger', watch.limits.clock.now() + patience, () => markWhenSent(connection))
    return
  }
  watch.tracker.move(connection, 'last', 'marked')
  closeBehindStreams(connection)
}
