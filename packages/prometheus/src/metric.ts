import type { Instrument } from './instrument.js'
import { type Labels, type Row, seriesOf } from './row.js'
import type { Scrape } from './scrape.js'

/** One line of an exposition, as a registry of prom-client takes it. */
interface Sample {
  labels: Record<string, string>
  value: number
  metricName?: string
}

/** What every metric of prom-client gives its registry. */
interface Exposed {
  name: string
  help: string
  type: Instrument['kind']
  aggregator: Instrument['across']
  values: Sample[]
}

/**
 * A metric that holds no numbers of its own: it reads them when it is scraped. prom-client's own histogram can only
 * be told single values, and these have been counted already.
 */
export class Metric {
  /** A registry of the OpenMetrics kind takes `_total` off. */
  name: string
  readonly help: string
  readonly type: Instrument['kind']
  readonly aggregator: Instrument['across']
  readonly #instrument: Instrument
  readonly #labels: Labels
  readonly #scrape: Scrape

  constructor(name: string, instrument: Instrument, labels: Labels, scrape: Scrape) {
    this.name = name
    this.help = instrument.help
    this.type = instrument.kind
    this.aggregator = instrument.across
    this.#instrument = instrument
    this.#labels = labels
    this.#scrape = scrape
  }

  async get(): Promise<Exposed> {
    const { name, help, type, aggregator } = this
    const values = this.#scrape.take().flatMap(({ server, tallied }) => {
      const labels = server === undefined ? this.#labels : { server, ...this.#labels }
      return samplesOf(name, this.#instrument, tallied.get(this.#instrument) ?? [], labels)
    })
    return { name, help, type, aggregator, values }
  }

  /** The numbers are the keels', and they cannot be set back. */
  reset(): void {}
}

function samplesOf(name: string, instrument: Instrument, row: Row, labels: Labels): Sample[] {
  if (row.length === 0) return []
  if (instrument.kind !== 'histogram') {
    return seriesOf(instrument).map((series, index) => ({
      labels: { ...labels, ...series },
      value: row[index] ?? 0,
    }))
  }
  const { bounds, scale } = instrument
  const [count = 0, sum = 0] = row.slice(bounds.length)
  const buckets = [...bounds.map((bound) => `${bound / scale}`), '+Inf'].map((le, index) => ({
    metricName: `${name}_bucket`,
    labels: { ...labels, le },
    value: row[index] ?? 0,
  }))
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels: { ...labels }, value: sum },
    { metricName: `${name}_count`, labels: { ...labels }, value: count },
  ]
}
