import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Cluster, clustered } from './clustered.js'
import type { Account } from './programs/own.js'

/** Each reports once, and is not out of the fleet for three minutes by its silence. */
const slow = { interval: 60_000 }

const hasMembers =
  (count: number) =>
  ({ members }: Account): boolean =>
    members.length === count

function idsOf({ members }: Account): readonly string[] {
  return typeof members === 'string' ? [] : members.map(({ id }) => id)
}

describe('a worker that goes, in a fleet of 3 that waits 3 minutes for a report', () => {
  for (const [way, go] of [
    ['is killed', (cluster: Cluster) => cluster.send({ worker: 2, signal: 'SIGKILL' })],
    ['disconnects', (cluster: Cluster) => cluster.order(2, 'disconnect')],
    ['closes its server', (cluster: Cluster) => cluster.order(2, 'end')],
  ] as const) {
    it(`is out at once when it ${way}`, () =>
      clustered('own.js', { workers: 3, fleet: slow }, async (cluster) => {
        const whole = await cluster.until(1, hasMembers(3))
        go(cluster)
        const left = await cluster.until(1, hasMembers(2))
        for (const id of idsOf(left)) assert.ok(idsOf(whole).includes(id), id)
        await cluster.next('exited')
        // One that comes later takes the free place.
        cluster.send({ fork: 1 })
        await cluster.until(1, hasMembers(3))
      }))
  }
})
