import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Side } from '@evenkeel/core'
import { clearDeadlines } from '../connection/deadline.js'
import { CloseWatch } from '../connection/on-socket-close.js'
import { connectionOfSocket, type Http1Connection } from './connection.js'

/**
 * Ends the socket after the last response. Node does that after a response that says `close`. But an application that
 * went around the mark would leave a connection open that takes no more requests.
 */
export function endBehind(connection: Http1Connection, last: ServerResponse): void {
  const { socket } = connection.transport
  last.once('close', () => {
    if (connection.stage !== 'last' && connection.stage !== 'marked') return
    if (!socket.destroyed && !socket.writableEnded) socket.destroySoon()
  })
}

/** The record ends with its socket, and with it every response that Node discards without an event. */
export const closes: CloseWatch = new CloseWatch(function onSocketClose(failed) {
  const connection = connectionOfSocket(this)
  if (connection === undefined) return
  const { tracker, limits } = connection.transport.watch
  clearDeadlines(connection)
  const by = endedFirst(connection, failed)
  // Node ended it after a response that said so, for a reason of its own. So it was not idle.
  if (by === 'server' && this.writableEnded) tracker.move(connection, 'open', 'reading')
  tracker.close(connection, by, limits.clock.now())
})

/** Upgraded sockets on which the server ended its side before the client ended its own. */
const endedBefore = new WeakSet<Socket>()

/** A closed socket does not show which side ended first. An HTTP response tells it, an upgrade does not. */
export function rememberEnd(socket: Socket): void {
  socket.prependOnceListener('end', () => {
    if (socket.writableEnded) endedBefore.add(socket)
  })
}

function endedFirst(connection: Http1Connection, failed: boolean): Side {
  const { retired, transport } = connection
  if (connection.isEnding || retired === 'idle-timeout' || endedBefore.has(transport.socket)) return 'server'
  return failed || transport.socket.readableEnded ? 'client' : 'server'
}
