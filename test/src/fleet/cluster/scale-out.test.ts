import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Cluster, clustered, type Start } from './clustered.js'
import { Pinned } from './pinned.js'

const fleet = { FLEET: 'cluster', FLEET_INTERVAL: '100ms', FLEET_WINDOW: '1s' }

/** How many rounds are looked at together. */
const lately = 10

describe('a cluster of 2 workers that becomes one of 4', () => {
  it('has an even load in the end, with less than 2 new connections for each client, and no failed request', () =>
    growing({ workers: 2, way: 'import', variables: fleet }, async (clients) => {
      let rounds: ReadonlyMap<string, number>[] = []
      for await (const served of clients.rounds()) {
        rounds = [...rounds, served].slice(-lately)
        if (rounds.length === lately && hottest(rounds) < 1.35) break
      }
      assert.ok(clients.opened > clients.size, 'nobody has moved')
      assert.ok(clients.opened < 3 * clients.size, `${clients.opened} connections`)
    }))

  it('has nothing to do for the new workers without a fleet', () =>
    growing({ workers: 2, way: 'import' }, async (clients) => {
      const rounds = []
      for await (const served of clients.rounds()) if (rounds.push(served) === lately) break
      assert.deepEqual([...sums(rounds).keys()].sort(), ['1', '2'])
    }))
})

async function growing(
  start: Start,
  test: (clients: Pinned, cluster: Cluster) => Promise<void>,
): Promise<void> {
  await clustered('bare.js', start, async (cluster) => {
    const clients = new Pinned(cluster.port, 64, 5, 7)
    try {
      for await (const served of clients.rounds()) if (served.size === 2) break
      cluster.send({ fork: 2 })
      await cluster.next('forked')
      await test(clients, cluster)
    } finally {
      clients.close()
    }
  })
}

function sums(rounds: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const all = new Map<string, number>()
  for (const round of rounds)
    for (const [worker, count] of round) all.set(worker, (all.get(worker) ?? 0) + count)
  return all
}

/** The busiest of 4 workers over their mean. */
function hottest(rounds: readonly ReadonlyMap<string, number>[]): number {
  const counts = [...sums(rounds).values()]
  return (4 * Math.max(...counts)) / counts.reduce((sum, count) => sum + count, 0)
}
