/** How many values were at most `le` and above the bucket before. */
export interface Bucket {
  /** The largest value that falls into it. */
  readonly le: number
  /** How many values did. */
  readonly count: number
}

/** A distribution at one moment. Quantiles are upper bounds, at most a seventh above the true value. */
export interface DistributionSnapshot {
  /** How many values there are. */
  readonly count: number
  /** All of them, added up. */
  readonly sum: number
  /** The least. */
  readonly min: number
  /** The greatest. */
  readonly max: number
  /** The mean. */
  readonly mean: number
  /** The median. */
  readonly p50: number
  /** Nine of ten values are at most this. */
  readonly p90: number
  /** 99 of 100 values are at most this. */
  readonly p99: number
  /** Only buckets that hold something, in ascending order. */
  readonly buckets: readonly Bucket[]
}

/**
 * The upper bounds of the buckets of one decade, in tenths. They are decimal: whole seconds, minutes and round counts
 * are bounds, and a histogram with other buckets can be filled without an error. Each bound is at most a seventh
 * above the one before. Each whole number up to 16 has a bucket.
 */
const decade = [
  10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 25, 28, 30, 32, 35, 40, 45, 50, 55, 60, 65, 70, 80, 90,
] as const

/** Bucket 0 holds what is at most 1. */
function bucketOf(value: number): number {
  if (value <= 1) return 0
  let bucket = Math.max(0, Math.floor(Math.log10(value)) * decade.length - 1)
  while (upperBound(bucket) < value) bucket++
  return bucket
}

/** The largest value that the bucket stands for. */
function upperBound(bucket: number): number {
  const power = Math.floor(bucket / decade.length)
  return ((decade[bucket % decade.length] ?? 0) * 10 ** power) / 10
}

/** Whether a bucket ends at this value. Then the count of what is at most this value is exact. */
export function isBound(value: number): boolean {
  return value >= 1 && upperBound(bucketOf(value)) === value
}

/** Counts values of 0 and above in buckets whose width grows with the value: small, and exact enough to plot. */
export class Distribution {
  readonly #counts: number[] = []
  #count = 0
  #sum = 0
  #min = Infinity
  #max = 0

  record(value: number): void {
    const bucket = bucketOf(value)
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
    this.#count++
    this.#sum += value
    if (value < this.#min) this.#min = value
    if (value > this.#max) this.#max = value
  }

  snapshot(): DistributionSnapshot {
    const empty = this.#count === 0
    return Object.freeze({
      count: this.#count,
      sum: this.#sum,
      min: empty ? 0 : this.#min,
      max: this.#max,
      mean: empty ? 0 : this.#sum / this.#count,
      p50: this.#quantile(0.5),
      p90: this.#quantile(0.9),
      p99: this.#quantile(0.99),
      buckets: Object.freeze(
        this.#counts.flatMap((count, bucket) => (count > 0 ? [{ le: upperBound(bucket), count }] : [])),
      ),
    })
  }

  #quantile(q: number): number {
    let below = 0
    for (const [bucket, count = 0] of this.#counts.entries()) {
      below += count
      if (count > 0 && below >= q * this.#count) return Math.min(upperBound(bucket), this.#max)
    }
    return 0
  }
}
