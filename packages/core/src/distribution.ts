/** How many values were at most `le` and above the bucket before. */
export interface Bucket {
  readonly le: number
  readonly count: number
}

/** A distribution at one moment. Quantiles are upper bounds, at most an eighth above the true value. */
export interface DistributionSnapshot {
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  /** Only buckets that hold something, in ascending order. */
  readonly buckets: readonly Bucket[]
}

/** Buckets for each doubling of the value: whole numbers up to 16 have one of their own. */
const perOctave = 8

/** Bucket 0 holds what is at most 1; bucket b of octave o holds what is above `2^o * (1 + (b - 1) / 8)`. */
function bucketOf(value: number): number {
  if (value <= 1) return 0
  const octave = Math.ceil(Math.log2(value)) - 1
  return octave * perOctave + Math.ceil((value / 2 ** octave - 1) * perOctave)
}

/** The largest value that the bucket stands for. */
function upperBound(bucket: number): number {
  if (bucket === 0) return 1
  const octave = Math.floor((bucket - 1) / perOctave)
  return 2 ** octave * (1 + (bucket - octave * perOctave) / perOctave)
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
