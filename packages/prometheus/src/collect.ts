import { invalid, OptionError, type Parsers, parse, show } from '@evenkeel/core'
import { type Metric as AnyMetric, type OpenMetricsContentType, Registry } from 'prom-client'
import type { Instrument } from './instrument.js'
import { instruments } from './instruments.js'
import { Metric } from './metric.js'
import type { Labels } from './row.js'
import { Scrape } from './scrape.js'
import { parseSources, type Sources } from './source.js'

/** A registry of any copy of prom-client, of either content type. */
export type AnyRegistry = Registry | Registry<OpenMetricsContentType>

/** How the metrics of {@link collect} are called, and where they are registered. */
export interface CollectOptions<R extends AnyRegistry = AnyRegistry> {
  /** Where the metrics are registered: `register` of prom-client, for example. Default a new registry. */
  register?: R | undefined
  /** What every name begins with. Default `evenkeel_`, which dashboard and alerts expect; empty for nothing. */
  prefix?: string | undefined
  /** Labels of every series, the same for all: `{ app: 'shop' }`. Default none. */
  labels?: Labels | undefined
}

interface Parsed {
  readonly register: AnyRegistry | undefined
  readonly prefix: string
  readonly labels: Labels
}

/** The defaults of the options that have one. */
export const collectDefaults: Readonly<{ prefix: string; labels: Labels }> = Object.freeze({
  prefix: 'evenkeel_',
  labels: Object.freeze({}),
})

const taken = [
  'server',
  'le',
  ...Object.values<Instrument>(instruments).flatMap((instrument) =>
    instrument.kind === 'histogram' ? [] : instrument.labels.map(({ name }) => name),
  ),
]

const parsers: Parsers<Parsed> = {
  register: (value, option) => {
    if (value === undefined || isRegistry(value)) return value
    throw invalid(option, value, 'a Registry of prom-client')
  },
  // Colons are kept for recording rules: https://prometheus.io/docs/practices/naming/
  prefix: (value, option) => {
    if (typeof value === 'string' && /^([a-zA-Z_]\w*)?$/.test(value)) return value
    throw invalid(option, value, "letters, digits and underscores, such as 'shop_'")
  },
  labels: (value, option) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalid(option, value, "an object such as { app: 'shop' }")
    }
    for (const [name, text] of Object.entries(value)) {
      if (!/^(?!__)[a-zA-Z_]\w*$/.test(name) || taken.includes(name)) {
        throw invalid(`${option}.${name}`, text, `it another name than ${[...new Set(taken)].join(', ')}`)
      }
      if (typeof text !== 'string') throw invalid(`${option}.${name}`, text, 'a string')
    }
    return { ...value }
  },
}

/**
 * Shows keels to Prometheus. Everything is read when the registry is scraped, and nothing is done in between.
 *
 * @param source a keel; keels that are added up, `middleware.keels` for example, which may come and go; or an object
 *   of these by name, for a label `server`.
 * @returns the registry that was given, or a new one with nothing else in it.
 * @throws {@link OptionError} for an option that cannot be used, and for a registry that has such metrics already.
 */
export function collect<R extends AnyRegistry = Registry>(
  source: Sources,
  options: CollectOptions<R> = {},
): R | Registry {
  const {
    register = new Registry(),
    prefix,
    labels,
  } = parse<Parsed>(parsers, collectDefaults, options, "{ prefix: 'shop_' }")
  const scrape = new Scrape(Object.values(instruments), parseSources(source))
  const metrics = Object.entries(instruments).map(
    ([name, instrument]) => new Metric(prefix + name, instrument, labels, scrape),
  )
  for (const { name } of metrics) assertFree(register, name)
  for (const metric of metrics) register.registerMetric(metric as unknown as AnyMetric)
  return register as R
}

/**
 * The names that {@link collect} registers. To remove them from a registry:
 * `for (const name of metricNames()) register.removeSingleMetric(name)`.
 *
 * @param prefix the one that was given to `collect`. Default `evenkeel_`.
 */
export function metricNames(prefix: string = collectDefaults.prefix): readonly string[] {
  return Object.keys(instruments).map((name) => prefix + name)
}

function isRegistry(value: unknown): value is AnyRegistry {
  return typeof (value as AnyRegistry | null)?.registerMetric === 'function'
}

function assertFree(register: AnyRegistry, name: string): void {
  if (register.getSingleMetric(name) === undefined) return
  throw new OptionError(
    'ERR_EVENKEEL_OPTIONS_CONFLICT',
    'register',
    register,
    `register has a metric with the name ${show(name)} already`,
    'collect once with an object of all servers, collect({ public: keel, admin: other }), or give another prefix',
  )
}
