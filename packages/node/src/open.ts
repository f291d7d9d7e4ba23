import type { Connection } from '@evenkeel/core'
import { type Ends, freeKey } from './key.js'
import { retireAtAge } from './retire.js'
import { bind, type Transport, type Watch } from './watch.js'

/** What every new connection needs, whatever its protocol: a record, a way to find it, and its appointments. */
export function open<T extends Transport>(
  watch: Watch,
  transport: T,
  carrier: object,
  socket: Ends,
): Connection<T> {
  const { tracker, limits } = watch
  const connection = tracker.open(freeKey(tracker, socket), transport, limits.clock.now()) as Connection<T>
  bind(carrier, connection)
  watch.startSweep()
  if (limits.maxConnectionAgeGrace !== Infinity) retireAtAge(connection)
  return connection
}
