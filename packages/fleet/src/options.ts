import {
  invalid,
  type MemberOptions,
  memberDefaults,
  memberParsers,
  type Parsers,
  parse,
  unlisted,
} from '@evenkeel/core'
import type { Store } from './stores/store.js'

/** What a load is: requests per second, or how busy the event loop is. */
export const measures = ['requests', 'utilization'] as const
export type Measure = (typeof measures)[number]

/** How servers are a fleet. Durations are milliseconds. */
export interface FleetOptions extends MemberOptions {
  /** Where the members meet: `redisStore(…)`, `clusterStore()` or `memoryStore()`. */
  store: Store
  /**
   * The name of the servers behind one balancer. Default `default`. Fleets with different names can share a store; servers
   * of different services need different names.
   */
  group?: string | undefined
  /**
   * What a load is: `requests` per second, or the `utilization` of the event loop, shared out over connections by their
   * requests, for machines that are not equally fast. Default `requests`. The same for all members.
   */
  measure?: Measure | undefined
}

/** The options of a fleet, with every default filled in. */
export type FleetLimits = { readonly [Name in keyof FleetOptions]-?: Exclude<FleetOptions[Name], undefined> }

const methods = ['exchange', 'leave', 'members', 'close'] as const satisfies readonly (keyof Store)[]

const parsers: Parsers<FleetLimits> = {
  ...memberParsers,
  store(value, option) {
    const store = value as Store | null | undefined
    if (store && methods.every((method) => typeof store[method] === 'function')) return store
    throw invalid(
      option,
      value,
      `redisStore(…), clusterStore() or memoryStore(), or a store with the methods ${methods.join(', ')}`,
    )
  },
  group(value, option) {
    if (typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value)) return value
    throw invalid(option, value, 'a name of up to 100 letters, digits and . : _ -')
  },
  measure(value, option) {
    if (measures.includes(value as Measure)) return value as Measure
    throw unlisted(option, value, measures)
  },
}

/** The default of every option of a fleet. A store has none. */
export const fleetDefaults: Readonly<Omit<FleetLimits, 'store'>> = Object.freeze({
  ...memberDefaults,
  group: 'default',
  measure: 'requests',
})

/** @throws {@link OptionError} for an unknown name or a value that cannot be used. */
export function parseFleetOptions(options: FleetOptions): FleetLimits {
  return parse<FleetLimits>(
    parsers,
    fleetDefaults,
    options,
    "{ store: redisStore('redis://localhost:6379') }",
  )
}
