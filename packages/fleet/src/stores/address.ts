import { didYouMean, OptionError, show } from '@evenkeel/core'
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
  throw new OptionError(
    'ERR_EVENKEEL_OPTION_INVALID',
    'store',
    masked(address),
    `store is ${show(masked(address))}`,
    didYouMean(masked(address), ['cluster'], 'give redis://host:6379, rediss://host:6379 or cluster'),
  )
}
