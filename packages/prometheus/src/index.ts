export { type AnyRegistry, type CollectOptions, collect, collectDefaults, metricNames } from './collect.js'
export type { Labels } from './row.js'
export type { Source, Sources } from './source.js'
