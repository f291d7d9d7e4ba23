import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { isEnding, type Side } from '@evenkeel/core'
import { cancelPending } from '../later.js'
import { CloseWatch } from '../on-close.js'
import { connectionOfResponse, connectionOfSocket, type Http1Connection } from './transport.js'

/** A response is over, sent or aborted. `close` and not `finish`, which an aborted one never sees. */
export function onResponseClose(this: ServerResponse): void {
  const connection = connectionOfResponse(this)
  if (connection === undefined) return
  if (this.req.complete || this.req.destroyed) finish(connection)
  else finishWithUpload(connection, this.req)
  if (connection.transport.latest !== this) return
  connection.transport.latest = undefined
  endBehind(connection)
}

function finish(connection: Http1Connection): void {
  const { tracker, limits, now, exactSince } = connection.transport.watch
  tracker.finish(connection, exactSince === Infinity ? now : limits.clock.now())
}

/** The answer came early. The rest of the upload is still on its way, and the connection in use. */
function finishWithUpload(connection: Http1Connection, request: IncomingMessage): void {
  const over = (): void => {
    request.off('end', over).off('close', over)
    finish(connection)
  }
  request.on('end', over).on('close', over)
}

/** What is behind the newest response. Mostly nothing. */
function endBehind(connection: Http1Connection): void {
  const { socket, watch } = connection.transport
  switch (connection.stage) {
    case 'open':
      // Node has ended the socket behind a response that says so for reasons of its own: it is idle no more.
      if (socket.writableEnded) watch.tracker.move(connection, 'open', 'reading')
      break
    case 'last':
    case 'marked':
      // Node ends the socket behind a response that says so. An application that went around the mark would leave a
      // connection open that takes no more requests.
      if (!socket.destroyed && !socket.writableEnded) socket.destroySoon()
  }
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

function endedFirst(connection: Http1Connection, failed: boolean): Side {
  const { retired, transport } = connection
  if (isEnding(connection) || retired === 'idle-timeout' || endedBefore.has(transport.socket)) return 'server'
  return failed || transport.socket.readableEnded ? 'client' : 'server'
}
