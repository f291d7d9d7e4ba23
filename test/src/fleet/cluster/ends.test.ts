import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clustered } from './clustered.js'

interface Exit {
  readonly code: number | null
  readonly signal: string | null
}

describe('a worker in a fleet ends by itself', () => {
  for (const order of ['disconnect', 'end'] as const) {
    it(`with code 0, as without a fleet: ${order === 'end' ? 'its server closed and its channel not waited for' : 'disconnected'}`, async () => {
      const exits: Exit[] = []
      for (const fleet of [undefined, { interval: 20 }]) {
        await clustered('own.js', { workers: 2, ...(fleet && { fleet }) }, async (cluster) => {
          if (fleet !== undefined) await cluster.until(2, ({ status }) => status?.members === 2)
          cluster.order(2, order)
          const { code, signal } = await cluster.next<Exit>('exited')
          exits.push({ code, signal })
        })
      }
      assert.deepEqual(exits, [
        { code: 0, signal: null },
        { code: 0, signal: null },
      ])
    })
  }
})
