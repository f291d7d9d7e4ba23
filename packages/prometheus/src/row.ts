import type { Histogram, Instrument, Numbers } from './instrument.js'
import type { Reading } from './reading.js'

/**
 * What an instrument shows, as numbers that can be added to those of another server: for a counter or a gauge one for
 * each of its series; for a histogram one for each bound, then count and sum. Empty where the server does not have it.
 */
export type Row = readonly number[]

/** The labels of one series. */
export type Labels = Readonly<Record<string, string>>

/**
 * The series of a counter or a gauge: every combination of its labels' values. A histogram has one, without labels.
 *
 * @param key which of a label's names to use: that for Prometheus, or the attribute of OpenTelemetry.
 */
export function seriesOf(instrument: Instrument, key: 'name' | 'attribute' = 'name'): readonly Labels[] {
  const labels = instrument.kind === 'histogram' ? [] : instrument.labels
  return labels.reduce<readonly Labels[]>(
    (series, label) =>
      series.flatMap((before) => label.values.map((value) => ({ ...before, [label[key]]: value }))),
    [{}],
  )
}

export function rowOf(instrument: Instrument, reading: Reading): Row {
  if (instrument.kind === 'histogram') return distributionOf(instrument, reading)
  const numbers = instrument.read(reading)
  if (numbers === undefined) return []
  return flatten(
    numbers,
    instrument.labels.map(({ values }) => values),
  )
}

/** The row of an instrument that has counted nothing. */
export function zeroOf(instrument: Instrument): Row {
  const length = instrument.kind === 'histogram' ? instrument.bounds.length + 2 : seriesOf(instrument).length
  return new Array<number>(length).fill(0)
}

function distributionOf(histogram: Histogram, reading: Reading): Row {
  const { buckets, count, sum } = histogram.read(reading)
  const cumulative = histogram.bounds.map((bound) =>
    buckets.reduce((total, bucket) => (bucket.le <= bound ? total + bucket.count : total), 0),
  )
  return [...cumulative, count, sum / histogram.scale]
}

function flatten(numbers: Numbers | undefined, labels: readonly (readonly string[])[]): number[] {
  const [values, ...rest] = labels
  if (values === undefined) return [typeof numbers === 'number' ? numbers : 0]
  const byValue = typeof numbers === 'object' ? numbers : {}
  return values.flatMap((value) => flatten(byValue[value], rest))
}
