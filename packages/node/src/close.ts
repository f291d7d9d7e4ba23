import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { connectionOf, type SocketConnection } from './transport.js'

/** A response is over, sent or aborted. `close` and not `finish`, which an aborted one never sees. */
export function onResponseClose(this: ServerResponse): void {
  const connection = connectionOf(this.req.socket)
  if (connection === undefined) return
  const { transport } = connection
  const { tracker, limits } = transport.watch
  tracker.finish(connection, limits.clock.now())
  if (transport.latest !== this) return
  transport.latest = undefined
  if (transport.final) end(connection)
}

/** The record ends with its socket, and with it every response that Node discards without an event. */
export function onSocketClose(this: Socket): void {
  const connection = connectionOf(this)
  if (connection === undefined) return
  const { tracker, limits } = connection.transport.watch
  tracker.close(connection, limits.clock.now())
}

/**
 * Node ends the socket behind a response that says so. An application that went around the mark would leave a
 * connection open that takes no more requests.
 */
function end({ transport: { socket } }: SocketConnection): void {
  if (!socket.destroyed && !socket.writableEnded) socket.destroySoon()
}
