import { invalid, type Parsers, parse } from '@evenkeel/core'
import type { CloseEvent, Protocol } from '@evenkeel/node'
import {
  type Attributes,
  type BatchObservableCallback,
  type Histogram as HistogramRecorder,
  type Meter,
  type MeterProvider,
  metrics,
  type Observable,
  ValueType,
} from '@opentelemetry/api'
import { Closes } from './closes.js'
import type { Counter, Gauge, Histogram } from './instrument.js'
import { instruments } from './instruments.js'
import { seriesOf } from './row.js'
import { Scrape } from './scrape.js'
import { parseSources, type Sources } from './source.js'

export type { Source, Sources } from './source.js'

/** Where the instruments of {@link instrument} are made, and what they carry. */
export interface InstrumentOptions {
  /** The meter that makes the instruments. Default one named `@evenkeel/prometheus`, of the provider. */
  meter?: Meter | undefined
  /** Where that meter comes from. Default the global provider, which has to be registered before. */
  meterProvider?: MeterProvider | undefined
  /** Attributes of every measurement. Default none. */
  attributes?: Attributes | undefined
}

interface Parsed {
  readonly meterProvider: MeterProvider
  readonly meter: Meter | undefined
  readonly attributes: Attributes
}

const parsers: Parsers<Parsed> = {
  meterProvider: (value, option) => {
    if (typeof (value as MeterProvider | null)?.getMeter === 'function') return value as MeterProvider
    throw invalid(option, value, 'a MeterProvider, such as that of @opentelemetry/sdk-metrics')
  },
  meter: (value, option) => {
    if (value === undefined || typeof (value as Meter | null)?.createHistogram === 'function') {
      return value as Meter | undefined
    }
    throw invalid(option, value, 'what getMeter() of a MeterProvider returns')
  },
  attributes: (value, option) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
    throw invalid(option, value, "an object such as { 'service.namespace': 'shop' }")
  },
}

/**
 * What a protocol is called by the conventions. A connection whose handshake is not done has none yet.
 * https://opentelemetry.io/docs/specs/semconv/registry/attributes/network/
 */
const protocols: Readonly<Record<Protocol, Attributes>> = {
  'http/1': { 'network.protocol.name': 'http', 'network.protocol.version': '1.1' },
  'http/2': { 'network.protocol.name': 'http', 'network.protocol.version': '2' },
  tls: {},
}

const all = Object.values(instruments)
const observed = all.filter((each): each is Counter | Gauge => each.kind !== 'histogram')
const recorded = all.filter((each): each is Histogram => each.kind === 'histogram')

/**
 * Shows to OpenTelemetry what {@link collect} shows to Prometheus. Names are those of the semantic conventions, where
 * they have one. Counts and states are read when metrics are collected; of a distribution the API can only be
 * told single values, so each close is recorded, from now on.
 *
 * @param source a keel; keels that are added up, `middleware.keels` for example, which may come and go; or an object
 *   of these by name, for an attribute `evenkeel.server`.
 * @returns what ends it.
 * @throws {@link OptionError} for an option that cannot be used.
 */
export function instrument(source: Sources, options: InstrumentOptions = {}): () => void {
  const { meterProvider, attributes, ...given } = parse<Parsed>(
    parsers,
    { meterProvider: metrics.getMeterProvider(), attributes: {} },
    options,
    '{ meterProvider }',
  )
  const { meter = meterProvider.getMeter('@evenkeel/prometheus') } = given
  const groups = parseSources(source)
  const named = (server: string | undefined): Attributes =>
    server === undefined ? attributes : { ...attributes, 'evenkeel.server': server }

  const histograms = recorded.map((each) => [each, createHistogram(meter, each)] as const)
  const closes = groups.map(
    (group) =>
      new Closes(group, (event) => {
        const labels = { ...named(group.server), ...protocolOf(event) }
        for (const [histogram, recorder] of histograms) {
          const value = histogram.valueOf(event)
          if (value !== undefined) recorder.record(value / histogram.scale, labels)
        }
      }),
  )

  const scrape = new Scrape(observed, groups)
  const observables = new Map(observed.map((each) => [each, createObservable(meter, each)]))
  const observe: BatchObservableCallback = (result) => {
    for (const each of closes) each.follow()
    for (const { server, tallied } of scrape.take()) {
      for (const [each, observable] of observables) {
        const row = tallied.get(each) ?? []
        for (const [index, series] of seriesOf(each, 'attribute').entries()) {
          const value = row[index]
          // There is no infinity among the values that are exported.
          if (value !== undefined && Number.isFinite(value)) {
            result.observe(observable, value, { ...named(server), ...series })
          }
        }
      }
    }
  }
  meter.addBatchObservableCallback(observe, [...observables.values()])
  return () => {
    meter.removeBatchObservableCallback(observe, [...observables.values()])
    for (const each of closes) each.stop()
  }
}

function createObservable(meter: Meter, instrument: Counter | Gauge): Observable {
  const { kind, across, help, unit, attribute } = instrument
  const name = `evenkeel.${attribute}`
  const isFractional = kind === 'gauge' && instrument.isFractional
  const valueType = isFractional ? ValueType.DOUBLE : ValueType.INT
  const options = { description: help, unit, valueType }
  if (kind === 'counter') return meter.createObservableCounter(name, options)
  return across === 'sum'
    ? meter.createObservableUpDownCounter(name, options)
    : meter.createObservableGauge(name, options)
}

function createHistogram(
  meter: Meter,
  { help, unit, attribute, bounds, scale }: Histogram,
): HistogramRecorder {
  return meter.createHistogram(`evenkeel.${attribute}`, {
    description: help,
    unit,
    advice: { explicitBucketBoundaries: bounds.map((bound) => bound / scale) },
  })
}

function protocolOf({ connection: { protocol } }: CloseEvent): Attributes {
  return protocol === undefined ? {} : protocols[protocol]
}
