import { counterDefaults, parseDrainOptions } from '@evenkeel/core'
import { fleetDefaults, redisStore } from '@evenkeel/fleet'
import { inspectorDefaults } from '@evenkeel/inspector'
import { defaults, shutdownDefaults } from '@evenkeel/node'
import { collectDefaults } from '@evenkeel/prometheus'

/** The options that one call takes. */
export interface Group {
  /** The call, as a program writes it. */
  readonly call: string
  /** The interfaces that declare the options, by entry: the first that has a name counts. */
  readonly declaredBy: readonly (readonly [entry: string, name: string])[]
  /** What has no default here has one that its doc comment tells, or none. */
  readonly defaults: Readonly<Record<string, unknown>>
  /** What the variables of the options begin with. */
  readonly prefix?: string
}

const drain = parseDrainOptions({}, defaults)

export const groups: Readonly<Record<string, Group>> = {
  attach: {
    call: 'attach(server, options)',
    declaredBy: [['core', 'Options']],
    defaults: { ...defaults },
    prefix: 'EVENKEEL_',
  },
  shutdown: {
    call: 'shutdown(server, options)',
    declaredBy: [
      ['node', 'ShutdownOptions'],
      ['core', 'DrainOptions'],
    ],
    defaults: { within: drain.within, quiet: drain.quiet, ...shutdownDefaults },
  },
  drain: {
    call: 'keel.drain(options)',
    declaredBy: [
      ['node', 'KeelDrainOptions'],
      ['core', 'DrainOptions'],
    ],
    defaults: { ...drain },
  },
  createFleet: {
    call: 'createFleet(options)',
    declaredBy: [
      ['fleet', 'FleetOptions'],
      ['core', 'MemberOptions'],
    ],
    defaults: { ...fleetDefaults },
    prefix: 'EVENKEEL_FLEET_',
  },
  redisStore: {
    call: 'redisStore(options)',
    declaredBy: [['fleet', 'RedisStoreOptions']],
    defaults: { name: redisStore({ sendCommand: () => Promise.resolve() }).name },
  },
  createCounter: {
    call: 'createCounter(options)',
    declaredBy: [
      ['core', 'CounterOptions'],
      ['core', 'Options'],
    ],
    defaults: { ...counterDefaults },
  },
  inspector: {
    call: 'inspector(keel, options)',
    declaredBy: [['inspector', 'InspectorOptions']],
    defaults: { ...inspectorDefaults },
  },
  collect: {
    call: 'collect(keel, options)',
    declaredBy: [['prometheus', 'CollectOptions']],
    defaults: { ...collectDefaults },
  },
  instrument: {
    call: 'instrument(keel, options)',
    declaredBy: [['prometheus/opentelemetry', 'InstrumentOptions']],
    defaults: {},
  },
}

/** A default as a page shows it: nothing where it is a function or empty, which doc comments call none. */
export function shown(value: unknown): string | undefined {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return undefined
}

/** The variable of an option: `maxConnections` has `EVENKEEL_MAX_CONNECTIONS`. */
export function variableOf(option: string, prefix: string): string {
  return prefix + option.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()
}
