import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Fleet } from '@evenkeel/core'
import { type FleetOptions, parseFleetOptions } from './options.js'
import { ServerMembership } from './server-membership.js'
import type { Store } from './stores/store.js'

/**
 * A fleet that servers join: the option `fleet` of `attach` and of every adapter. Each server tells its load once in an
 * interval; one that is above its fair share retires connections, for the reason `fleet`, until it is not.
 *
 * Several servers of one process can share one, each as a member of its own.
 *
 * @throws {@link OptionError} for an unknown name or a value that cannot be used.
 */
export function createFleet(options: FleetOptions): Fleet {
  const limits = parseFleetOptions(options)
  let members = 0
  return {
    join(host) {
      members++
      const id = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`
      return new ServerMembership(host, limits, id, () => {
        if (--members === 0) close(limits.store)
      })
    },
  }
}

async function close(store: Store): Promise<void> {
  try {
    await store.close()
  } catch {
    // Nobody uses it any more.
  }
}
