import type { Fleet } from '@evenkeel/core'
import { createFleet } from './fleet.js'
import { jointly } from './joint.js'
import type { FleetOptions } from './options.js'
import { storeAt } from './stores/address.js'

/**
 * The fleet of a process, for `@evenkeel/node/auto`: all servers of the process are one member.
 *
 * @param address of the store: `redis://…`, `rediss://…` or `cluster`.
 * @throws {@link OptionError} for an address, a name or a value that cannot be used.
 */
export function fleetAt(address: string, options: Omit<FleetOptions, 'store'> = {}): Fleet {
  return jointly(createFleet({ ...options, store: storeAt(address) }))
}
