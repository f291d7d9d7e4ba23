import type { Socket } from 'node:net'
import type { Http1Connection } from './connection.js'

/** A request, or an upgrade, has come behind the connection's last request: nobody would read the answer. */
export function dropLate(connection: Http1Connection): void {
  const { socket, watch } = connection.transport
  watch.tracker.late(connection, watch.limits.clock.now())
  dropFurther(socket)
}

/**
 * Reads and drops whatever still comes, past Node's parser: in there every request of a flood would cost memory
 * until the connection is closed, and an unread body would stop the reading.
 */
export function dropFurther(socket: Socket): void {
  if (isDropping(socket)) return
  // A listener for `data` takes the socket back from the parser; the parser's own listener has to go then.
  socket.removeAllListeners('data').on('data', drop)
  // The parser may have stopped the reading, to wait for its own side, and does not begin it again. This is
  // called from within the parser, so behind it; the empty chunk ends the read that the stream still waits for.
  setImmediate(() => {
    if (!socket.destroyed) socket.resume().push('')
  })
}

export function isDropping(socket: Socket): boolean {
  return socket.listeners('data').includes(drop)
}

function drop(): void {}
