import { invalid } from '@evenkeel/core'
import { clusterStore } from './cluster/cluster.js'
import { masked } from './masked.js'
import { redisStore } from './redis/store.js'
import type { Store } from './store.js'

/**
 * The store at an address: `redis://…`, `rediss://…` or `cluster`.
 *
 * @throws {@link OptionError} for another one. It does not show a password.
 */
export function storeAt(address: string): Store {
  if (address === 'cluster') return clusterStore()
  if (/^rediss?:\/\//.test(address)) return redisStore(address)
  throw invalid('store', masked(address), 'redis://host:6379, rediss://host:6379 or cluster')
}
