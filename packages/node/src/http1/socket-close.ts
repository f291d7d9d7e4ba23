import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { isEnding, type Side } from '@evenkeel/core'
import { clearDeadlines } from '../connection/deadline.js'
import { CloseWatch } from '../connection/on-socket-close.js'
import { connectionOfSocket, type Http1Connection } from './connection.js'

/**
 * The last response is over. Node ends the socket behind one that says so; an application that went around the mark would
 * leave a connection open that takes no more requests.
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
  // Node ended it behind a response that said so, for reasons of its own: it was not idle.
  if (by === 'server' && this.writableEnded) tracker.move(connection, 'open', 'reading')
  tracker.close(connection, by, limits.clock.now())
})

/** Upgraded sockets that had ended their own side when their client ended its. */
const endedBefore = new WeakSet<Socket>()

/** Nothing in a socket that is closed tells which of its sides ended first. An HTTP response does, an upgrade does not. */
export function rememberEnd(socket: Socket): void {
  socket.prependOnceListener('end', () => {
    if (socket.writableEnded) endedBefore.add(socket)
  })
}

function endedFirst(connection: Http1Connection, failed: boolean): Side {
  const { retired, transport } = connection
  if (isEnding(connection) || retired === 'idle-timeout' || endedBefore.has(transport.socket)) return 'server'
  return failed || transport.socket.readableEnded ? 'client' : 'server'
}
