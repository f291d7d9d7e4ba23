export { createFleet } from './fleet.js'
export type { FleetOptions, Measure } from './options.js'
export { memoryStore } from './stores/memory.js'
export type { Store } from './stores/store.js'
