import { clusterStore, createFleet, redisStore } from '@evenkeel/fleet'
import type { Fleet, FleetStatus } from '@evenkeel/node'

let seat: ReturnType<Fleet['join']>

/** The fleet of this demo's servers: they meet in their primary process, or in a Redis. */
export function joinFleet(redis: string | undefined): Fleet {
  // A Redis can have the fleets of other programs, and of other demos.
  const group = `rebalance-${process.ppid}`
  const fleet = createFleet({ store: redis === undefined ? clusterStore() : redisStore(redis), group })
  return {
    join(host) {
      seat = fleet.join(host)
      return seat
    },
  }
}

/**
 * Leaves it, and serves on: from here on nothing is retired. Clients that go without another request cannot know of what
 * is retired behind their last one.
 *
 * @returns how it stood there at last.
 */
export async function leaveFleet(): Promise<FleetStatus | undefined> {
  await seat?.leave()
  return seat?.status
}
