import { answerWorkers } from './stores/cluster/primary.js'

export { fleetAt } from './auto.js'
export { createFleet } from './fleet.js'
export { type FleetLimits, type FleetOptions, fleetDefaults, type Measure } from './options.js'
export { clusterStore } from './stores/cluster/cluster.js'
export { memoryStore } from './stores/memory.js'
export type { RedisStoreOptions, SendCommand } from './stores/redis/options.js'
export { redisStore } from './stores/redis/store.js'
export type { Answer, Store } from './stores/store.js'

// The primary of a cluster needs to import this package, and no more.
answerWorkers()
