import { cures } from '@evenkeel/core'
import type { FleetStatus } from '@evenkeel/node'
import { type Members, short } from './members.js'

/** What the page is told of the server's fleet. */
export interface FleetNow {
  readonly status: FleetStatus
  /** What helps, where something stands in the way of an even load. */
  readonly cure: string | undefined
  /** None before the store's first answer, and while it does not answer. */
  readonly members: Members | undefined
}

/** @param askMembers called only where there is a fleet. */
export function fleetOf(
  status: FleetStatus | undefined,
  askMembers: () => Members | undefined,
): FleetNow | undefined {
  if (status === undefined) return undefined
  const { load, total, fair, surplus, weight } = status
  const shown = { load, total, fair, surplus, weight }
  return {
    status: {
      ...status,
      ...(Object.fromEntries(
        Object.entries(shown).map(([name, value]) => [name, short(value)]),
      ) as typeof shown),
    },
    cure: cures[status.state],
    members: askMembers(),
  }
}
