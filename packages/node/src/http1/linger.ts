import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { later } from '../later.js'
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
  const { transport } = connection
  const { socket, watch } = transport
  // Node calls this when the last response has been handed to the system.
  socket.destroySoon = () => {
    Reflect.deleteProperty(socket, 'destroySoon')
    watch.tracker.end(connection, 'reading')
    let reading = true
    const stop = (wait: number): void => {
      if (reading) stopWriting(socket, () => awaitClose(connection, wait))
      reading = false
    }
    if (last.complete) return stop(closeTime)
    // Such a client may wait for our end, which can be the end of the response.
    if (last.httpVersionMinor === 0) return stop(uploadTime)
    last.once('end', () => stop(closeTime))
    last.once('close', () => stop(closeTime))
    after(connection, uploadTime, () => stop(closeTime))
  }
}

/** The server was detached and its sweep has ended: a socket that is closing gets a timer of its own. */
export function abandonLinger(socket: Socket, isEnding: boolean): void {
  Reflect.deleteProperty(socket, 'destroySoon')
  if (isEnding) stopWriting(socket, () => setTimeout(() => socket.destroy(), closeTime).unref())
}

/** Nothing is left but the client's close. */
function awaitClose(connection: Http1Connection, wait: number): void {
  const { socket, watch } = connection.transport
  watch.tracker.end(connection, 'waiting')
  after(connection, wait, () => socket.destroy())
}

/** Sends FIN, and bounds the wait for the client's. A socket that has ended in both directions destroys itself. */
function stopWriting(socket: Socket, bound: () => void): void {
  if (socket.destroyed) return
  if (socket.writableFinished) bound()
  else socket.once('finish', bound)
  if (!socket.writableEnded) socket.end()
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

function after(connection: Http1Connection, wait: number, task: () => void): void {
  later(connection, 'linger', connection.transport.watch.limits.clock.now() + wait, task)
}
