import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clustered } from './clustered.js'
import type { Account } from './programs/own.js'

describe("a cluster whose fleet is the environment's", { timeout: 30_000 }, () => {
  for (const way of ['import', 'require'] as const) {
    it(`by --${way}: each of 2 workers knows of both, and what nobody has set rests`, () =>
      clustered(
        'own.js',
        { workers: 2, way, variables: { FLEET: 'cluster', FLEET_INTERVAL: '50ms', FLEET_GROUP: 'web' } },
        async (cluster) => {
          const isWhole = ({ status }: Account): boolean => status?.members === 2
          for (const worker of [1, 2]) {
            assert.equal((await cluster.until(worker, isWhole)).maxConnectionAge, 3_600_000)
          }
        },
      ))
  }

  it('has 2 members when each of 2 workers has 2 servers, also when 1 of the 4 has closed', () =>
    clustered(
      'own.js',
      { workers: 2, hasPage: true, way: 'import', variables: { FLEET: 'cluster', FLEET_INTERVAL: '50ms' } },
      async (cluster) => {
        const haveHeard = ({ status, statusOfPage }: Account): boolean =>
          status?.members === 2 && statusOfPage !== undefined && statusOfPage.state !== 'joining'
        await cluster.until(2, haveHeard)
        const { members } = await cluster.until(1, haveHeard)
        assert.equal(members.length, 2)
        cluster.order(2, 'close')
        // Its other server stays open.
        await cluster.until(2, ({ status, members }) => status === undefined && members.length === 2)
        cluster.order(2, 'end')
        await cluster.until(1, ({ status }) => status?.members === 1)
      },
    ))
})
