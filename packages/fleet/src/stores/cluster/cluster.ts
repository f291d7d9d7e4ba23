import cluster from 'node:cluster'
import type { FleetTotals, Report } from '@evenkeel/core'
import { memoryStore } from '../memory.js'
import type { Store } from '../store.js'
import { Line } from './line.js'

const name = 'cluster'

/** For how long the list of members is waited for, in milliseconds. */
const answerTimeout = 2_000

let ofThisWorker: Line | undefined

/**
 * A store for the workers of `node:cluster`. Their primary process keeps it, and has to import this package for that.
 * A process that is no worker has a {@link memoryStore} instead, and shares it with nobody.
 */
export function clusterStore(): Store {
  if (!cluster.isWorker) return { ...memoryStore(), name }
  ofThisWorker ??= new Line()
  const line = ofThisWorker
  return {
    name,
    async exchange(group, member, report, expiry) {
      // Early enough for the member to know why, before it has to do without the fleet.
      const answer = await line.ask({ act: 'exchange', group, member, report, expiry }, expiry / 2)
      return answer as FleetTotals
    },
    leave: (group, member) => line.tell({ act: 'leave', group, member }),
    async members(group) {
      const answer = await line.ask({ act: 'members', group }, answerTimeout)
      return new Map(answer as readonly (readonly [string, Report])[])
    },
    close: async () => {},
  }
}
