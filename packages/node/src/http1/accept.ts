import type { Socket } from 'node:net'
import { freeKey } from '../key.js'
import { retireAtAge } from '../retire.js'
import { bind, type Watch } from '../watch.js'
import { connectionOfSocket, type Http1Connection, Http1Transport, onSocketClose } from './transport.js'

/**
 * Starts to watch a socket: at its accept, or at the first request of a connection that is older than the
 * watch (its age then counts from here).
 */
export function accept(watch: Watch, socket: Socket): Http1Connection {
  const watched = connectionOfSocket(socket)
  if (watched !== undefined) return watched
  const { tracker, limits } = watch
  const transport = new Http1Transport(watch, socket)
  const connection = tracker.open(freeKey(tracker, socket), transport, limits.clock.now()) as Http1Connection
  bind(socket, connection)
  socket.on('close', onSocketClose)
  if (limits.maxConnectionAgeGrace !== Infinity) retireAtAge(connection)
  return connection
}
