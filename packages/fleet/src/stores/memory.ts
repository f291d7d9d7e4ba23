import { Ledgers } from './ledger.js'
import type { Store } from './store.js'

/** A store in this process: for tests, and for several servers in one process. */
export function memoryStore(now: () => number = () => performance.now()): Store {
  const ledgers = new Ledgers()
  return {
    name: 'memory',
    async exchange(group, id, report, expiry) {
      const ledger = ledgers.of(group)
      ledger.put(id, report, now())
      return ledger.totals(now(), expiry)
    },
    leave: async (group, id) => ledgers.of(group).leave(id),
    members: async (group) => ledgers.of(group).members(),
    close: async () => {},
  }
}
