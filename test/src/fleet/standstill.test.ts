import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { createFleet, memoryStore, type Store } from '@evenkeel/fleet'
import { attach } from '@evenkeel/node'

describe('a server that stood still for 6 intervals', () => {
  it('does not say of a store that answers at once that it cannot be reached', async () => {
    const memory = memoryStore()
    let answered = (): void => {}
    const answer = (): Promise<void> =>
      new Promise((resolve) => {
        answered = resolve
      })
    const store: Store = {
      ...memory,
      async exchange(...report) {
        const totals = await memory.exchange(...report)
        setImmediate(() => answered())
        return totals
      },
    }
    const server = createServer()
    const states: string[] = []
    const keel = attach(server, { fleet: createFleet({ store, interval: 50 }) })
    keel.on('fleet', ({ state }) => states.push(state))
    try {
      const first = answer()
      await once(server.listen(0, '127.0.0.1'), 'listening')
      await first
      const until = performance.now() + 300
      while (performance.now() < until) {}
      await answer()
    } finally {
      server.close()
    }
    assert.deepEqual(states, ['even'])
  })
})
