import { constants, type ServerHttp2Stream } from 'node:http2'
import { awaitClientClose } from '../connection/client-close.js'
import { setDeadline } from '../connection/deadline.js'
import type { Http2Connection } from './connection.js'
import { endWhenSilent } from './liveness.js'

/** How long a client that does not read may keep a GOAWAY from leaving before it is looked at again, in milliseconds. */
const patience = 1_000

/**
 * Ends a session behind the streams that have been read: those go on to their end, and no further one is served.
 *
 * Not by `session.close()` alone. Behind that Node itself refuses the streams that it still reads, from within the
 * reading: this sends the waiting GOAWAY, for which nghttp2 frees the very stream that is being read. Node 20 then uses
 * freed memory. So the GOAWAY goes first, and what comes in between is withheld. When it has left, nghttp2 ignores new
 * streams by itself (RFC 9113, section 6.8).
 */
export function sayGoaway(connection: Http2Connection): void {
  // Behind what has arrived together with the stream that is being handled.
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
 * Whether a stream has crossed the GOAWAY. It is handed to nobody: nghttp2 closes it as the GOAWAY leaves, and its
 * client knows from that that it was not processed.
 */
export function isWithheld(connection: Http2Connection, stream: ServerHttp2Stream): boolean {
  if (stream.id === undefined || stream.id <= connection.transport.lastStream) return false
  stream.on('error', () => {})
  return true
}

/**
 * Closes a session whose last stream is over, and waits for its client to close. Not before: Node no longer notices the
 * errors of a session that is closed. And not later: with no stream open behind a GOAWAY it stops reading.
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
