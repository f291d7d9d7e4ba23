import type { Socket } from 'node:net'
import type { Http1Connection } from './connection.js'

/** A request or an upgrade has come after the connection's last request. Nobody would read the answer. */
export function dropLate(connection: Http1Connection): void {
  const { socket, watch } = connection.transport
  watch.tracker.late(connection, watch.limits.clock.now())
  dropFurther(socket)
}

/**
 * Reads and drops what still comes, and keeps it from Node's parser. In the parser every request of a flood would
 * take memory until the connection is closed, and an unread body would stop the reading.
 */
export function dropFurther(socket: Socket): void {
  if (isDropping(socket)) return
  // A listener for `data` takes the socket back from the parser. The parser's own listener has to go.
  socket.removeAllListeners('data').on('data', drop)
  // The parser may have paused the reading and never resumes it. We are called from within the parser, so the resume
  // waits for the next turn. The empty chunk ends the read that the stream still waits for.
  setImmediate(() => {
    if (!socket.destroyed) socket.resume().push('')
  })
}

export function isDropping(socket: Socket): boolean {
  return socket.listeners('data').includes(drop)
}

function drop(): void {}
