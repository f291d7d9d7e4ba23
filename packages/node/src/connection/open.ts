import type { Connection } from '@evenkeel/core'
import { bind } from './carrier.js'
import { Handshake, takeHandshake } from './handshake.js'
import { type Ends, nameOf } from './key.js'
import { startTimeLimits } from './time-limits.js'
import type { Transport, Watch } from './watch.js'

/** Gives a new connection of any protocol its record, a way to find it, and its deadlines. */
export function open<T extends Transport>(
  watch: Watch,
  transport: T,
  carrier: object,
  socket: Ends,
): Connection<T> {
  const { tracker } = watch
  const begun = transport instanceof Handshake ? undefined : takeHandshake(watch, socket)
  if (begun !== undefined) return handOver(begun, transport, carrier)
  const { address, port } = nameOf(socket)
  const connection = tracker.open(address, port, transport, watch.clock.read()) as Connection<T>
  // A listener has detached the server.
  if (connection.stage === 'closed') return connection
  bind(carrier, connection)
  watch.startSweep()
  startTimeLimits(connection)
  watch.fleet.opened(connection)
  for (const welcome of watch.service.newcomers) welcome(connection)
  if (!watch.makeRoom(address) && tracker.dryRun) tracker.refuse(connection.key)
  return connection
}

/** The handshake of a connection is done. Its record goes on with the new transport. */
function handOver<T extends Transport>(
  begun: Connection<Transport>,
  transport: T,
  carrier: object,
): Connection<T> {
  if (begun.transport.deadlines !== undefined) transport.deadlines = begun.transport.deadlines
  begun.transport = transport
  bind(carrier, begun)
  startTimeLimits(begun)
  return begun as Connection<T>
}
