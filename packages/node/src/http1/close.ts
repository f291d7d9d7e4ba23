import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Side } from '@evenkeel/core'
import { cancelPending } from '../later.js'
import { CloseWatch } from '../on-close.js'
import { connectionOfResponse, connectionOfSocket, type Http1Connection } from './transport.js'

/** A response is over, sent or aborted. `close` and not `finish`, which an aborted one never sees. */
export function onResponseClose(this: ServerResponse): void {
  const connection = connectionOfResponse(this)
  if (connection === undefined) return
  const { transport } = connection
  const { tracker, limits, now, exactSince } = transport.watch
  tracker.finish(connection, exactSince === Infinity ? now : limits.clock.now())
  if (transport.latest !== this) return
  transport.latest = undefined
  if (transport.final && !transport.marked) end(connection)
  // Node has ended the socket behind a response that says so for reasons of its own: it is idle no more.
  else if (transport.socket.writableEnded && connection.ending === undefined)
    tracker.end(connection, 'reading')
}

/**
 * Node ends the socket behind a response that says so. An application that went around the mark would leave a
 * connection open that takes no more requests.
 */
function end({ transport: { socket } }: Http1Connection): void {
  if (!socket.destroyed && !socket.writableEnded) socket.destroySoon()
}

/** The record ends with its socket, and with it every response that Node discards without an event. */
export const closes: CloseWatch = new CloseWatch(function onSocketClose(failed) {
  const connection = connectionOfSocket(this)
  if (connection === undefined) return
  const { tracker, limits } = connection.transport.watch
  cancelPending(connection)
  tracker.close(connection, endedFirst(connection, failed), limits.clock.now())
})

/** Upgraded sockets that had ended their own side when their client ended its. */
const endedBefore = new WeakSet<Socket>()

/** Nothing in a socket that is closed tells which of its sides ended first. An HTTP response does, an upgrade does not. */
export function rememberEnd(socket: Socket): void {
  socket.prependOnceListener('end', () => {
    if (socket.writableEnded) endedBefore.add(socket)
  })
}

function endedFirst({ retired, transport }: Http1Connection, failed: boolean): Side {
  if (transport.final || retired === 'idle-timeout' || endedBefore.has(transport.socket)) return 'server'
  return failed || transport.socket.readableEnded ? 'client' : 'server'
}
