import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { awaitClientClose, closeTime } from '../connection/client-close.js'
import { setDeadline } from '../connection/deadline.js'
import { connectionOfSocket, type Http1Connection } from './connection.js'
import { dropFurther } from './late.js'

/** How long the rest of an upload is read after its answer, in milliseconds; nginx: `lingering_time`. */
const uploadTime = 30_000

/**
 * Makes the socket close in stages when its last response is sent. Node would close both directions at once. If the
 * client is still sending (an upload that was answered early, a pipelined request), the kernel then answers with RST
 * and drops what it has not delivered: the response would be lost. RFC 9112, section 9.6, describes the stages: stop
 * writing, go on reading until the client closes, then close.
 */
export function lingerWhenDone(connection: Http1Connection, last: ServerResponse): void {
  const { socket } = connection.transport
  // This runs before Node's own listener, which closes the socket. So it replaces that close and no other: Node also
  // closes after answers that it makes by itself.
  last.prependOnceListener('finish', () => {
    if (connectionOfSocket(socket) !== connection) return
    socket.destroySoon = () => {
      Reflect.deleteProperty(socket, 'destroySoon')
      linger(connection, last.req)
    }
  })
}

function linger(connection: Http1Connection, last: IncomingMessage): void {
  const { socket, watch } = connection.transport
  watch.tracker.move(connection, 'marked', 'reading')
  const stop = (wait: number): void => stopWriting(socket, () => awaitClose(connection, wait))
  if (last.complete) {
    stop(closeTime)
    return
  }
  if (last.httpVersionMinor === 0) {
    // An HTTP/1.0 client may wait for our end, because that can be the end of the response.
    stop(uploadTime)
    return
  }
  sendNothingMore(socket, last)
  last.once('end', () => stop(closeTime))
  last.once('close', () => stop(closeTime))
  // With `httpAllowHalfOpen` Node would wait for the response that never ends.
  socket.once('end', () => stop(closeTime))
  setDeadline(connection, 'linger', watch.limits.clock.now() + uploadTime, () => stop(closeTime))
}

/** The server was detached, and its sweep has ended. So a closing socket gets a timer of its own. */
export function abandonLinger(socket: Socket): void {
  dropFurther(socket)
  stopWriting(socket, () => setTimeout(() => socket.destroy(), closeTime).unref())
}

/**
 * Node answers some requests by itself, without an event. A response that never ends holds these answers back, so
 * that none of them follows the last response.
 */
function sendNothingMore(socket: Socket, last: IncomingMessage): void {
  new ServerResponse(last).assignSocket(socket)
}

function awaitClose(connection: Http1Connection, wait: number): void {
  const { socket, watch } = connection.transport
  if (!watch.tracker.move(connection, 'reading', 'waiting')) return
  // Node stops reading after it has refused a late upload by itself. It would not see the client's end.
  if (socket.isPaused()) dropFurther(socket)
  else socket.once('pause', () => dropFurther(socket))
  awaitClientClose(connection, wait)
}

/**
 * Sends FIN, and bounds the wait for the client's FIN. A socket that has ended in both directions destroys itself.
 */
function stopWriting(socket: Socket, bound: () => void): void {
  if (socket.destroyed) return
  if (socket.writableFinished) bound()
  else socket.once('finish', bound)
  if (!socket.writableEnded) socket.end()
}
