import type { IncomingMessage } from 'node:http'
import type { Http1Connection } from './transport.js'

/** How long the rest of an upload is read behind its answer, in milliseconds; nginx: `lingering_time`. */
const uploadTime = 30_000

/** How long a client has to close its side behind our FIN, in milliseconds; nginx: `lingering_timeout`. */
const closeTime = 5_000

/**
 * Makes the socket close in stages once its last response is sent. Node would close both directions at once,
 * and where the client is still sending then (an upload that was answered early, a pipelined request) the
 * kernel answers with RST and drops what it has not delivered: the response would be lost. RFC 9112, section 9.6,
 * describes the stages: stop writing, go on reading until the client closes, then close.
 */
export function lingerWhenDone(connection: Http1Connection, last: IncomingMessage): void {
  const { socket } = connection.transport
  // Node calls this when the last response has been handed to the system.
  socket.destroySoon = () => {
    Reflect.deleteProperty(socket, 'destroySoon')
    if (last.complete) return stopWriting(connection)
    const stop = (): void => stopWriting(connection)
    last.once('end', stop)
    last.once('close', stop)
    later(connection, uploadTime, stop)
  }
}

function stopWriting(connection: Http1Connection): void {
  const { socket } = connection.transport
  if (socket.writableEnded || socket.destroyed) return
  socket.once('finish', () => later(connection, closeTime, () => socket.destroy()))
  // A socket that has ended in both directions destroys itself.
  socket.end()
}

/**
 * Reads and drops whatever still comes, past Node's parser: in there every request of a flood would cost memory
 * until the connection is closed, and an unread body would stop the reading.
 */
export function discardFurther({ transport }: Http1Connection): void {
  if (transport.discarding) return
  transport.discarding = true
  // A listener for `data` takes the socket back from the parser; the parser's own listener has to go then.
  const { socket } = transport
  socket.removeAllListeners('data').on('data', () => {})
  // The parser may have stopped the reading, to wait for its own side, and does not begin it again. This is
  // called from within the parser, so behind it; the empty chunk ends the read that the stream still waits for.
  setImmediate(() => {
    if (!socket.destroyed) socket.resume().push('')
  })
}

function later({ transport }: Http1Connection, wait: number, task: () => void): void {
  const { agenda, limits } = transport.watch
  agenda.add(limits.clock.now() + wait, task)
}
