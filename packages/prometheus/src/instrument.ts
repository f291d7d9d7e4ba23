import type { CloseEvent, DistributionSnapshot } from '@evenkeel/node'
import type { Reading } from './reading.js'

/** A label, and every value that it ever has: what bounds the number of series. */
export interface Label {
  readonly name: string
  /** Its name as an attribute of OpenTelemetry. */
  readonly attribute: string
  readonly values: readonly string[]
}

/** A number, or one for each value of a label, and so on for the label behind it. */
export type Numbers = number | { readonly [value: string]: Numbers }

interface Description {
  /** A sentence without a full stop. */
  readonly help: string
  /** The name in OpenTelemetry, without `evenkeel.`. */
  readonly attribute: string
  /** The unit in OpenTelemetry: a code of UCUM, or a word in braces for what is counted. */
  readonly unit: string
}

/** What only grows. */
export interface Counter extends Description {
  readonly kind: 'counter'
  readonly labels: readonly Label[]
  /** What several servers make together. */
  readonly across: 'sum'
  read(reading: Reading): Numbers
}

/** What goes up and down. */
export interface Gauge extends Description {
  readonly kind: 'gauge'
  readonly labels: readonly Label[]
  readonly across: 'sum' | 'min' | 'max'
  /** Whether some servers do not have it: then nothing is shown, and no 0. */
  readonly isOptional?: boolean
  /** Whether it is more than a count: then OpenTelemetry is told that it has digits behind the point. */
  readonly isFractional?: boolean
  /** Nothing where the server does not have it. */
  read(reading: Reading): Numbers | undefined
}

/** How many of the closed connections were at most each bound. */
export interface Histogram extends Description {
  readonly kind: 'histogram'
  readonly across: 'sum'
  /** Upper bounds in the unit of what is read. Each is a bound of its buckets too, so that no count is a guess. */
  readonly bounds: readonly number[]
  /** What one of the unit that is shown holds of the unit that is read: 1000 for seconds of milliseconds. */
  readonly scale: number
  read(reading: Reading): DistributionSnapshot
  /** The single value that a close adds to what is read; none if it adds nothing. */
  valueOf(event: CloseEvent): number | undefined
}

export type Instrument = Counter | Gauge | Histogram
