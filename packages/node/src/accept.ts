import type { Socket } from 'node:net'
import { onSocketClose } from './close.js'
import { keyOf } from './key.js'
import { bind, connectionOf, type SocketConnection, unbind, type Watch } from './transport.js'

/**
 * Starts to watch a socket: at its accept, or at the first request of a connection that is older than the
 * watch (its age then counts from here).
 */
export function accept(watch: Watch, socket: Socket): SocketConnection {
  const watched = connectionOf(socket)
  if (watched !== undefined) return watched
  const transport = { watch, socket, latest: undefined, final: false }
  const connection = watch.tracker.open(freeKey(watch, socket), transport, watch.limits.clock.now())
  bind(connection)
  socket.on('close', onSocketClose)
  watch.sweep.start()
  return connection
}

/** Leaves a socket as it was found. */
export function release(connection: SocketConnection): void {
  connection.transport.socket.off('close', onSocketClose)
  unbind(connection)
}

/**
 * One peer address and port can hold two live connections, to two addresses of ours: the second gets a name of
 * its own. A record whose socket has ended is superseded.
 */
function freeKey({ tracker }: Watch, socket: Socket): string {
  const key = keyOf(socket)
  const holder = tracker.get(key)
  if (holder === undefined || holder.transport.socket.destroyed) return key
  return `${key}/${socket.localAddress}:${socket.localPort}`
}
