/** A median, and the interval in which the true one is with a confidence of 95 %. */
export interface Estimate {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** How often the rounds are drawn anew for an interval. */
const draws = 1000

/**
 * The median of all values of all rounds, with a bootstrap interval. It draws whole rounds, not values: those of
 * one round come from the same two processes, which share one luck in memory layout and compilation.
 */
export function estimate(rounds: readonly (readonly number[])[]): Estimate {
  const medians = Array.from({ length: draws }, () => median(rounds.flatMap(() => anyOf(rounds))))
  return { median: median(rounds.flat()), low: quantile(medians, 0.025), high: quantile(medians, 0.975) }
}

/** The middle one of the values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** By how much the values grow from one to the next: the median, so that a single leap does not decide. */
export function step(values: readonly number[]): number {
  return median(values.slice(1).map((value, i) => value - (values[i] ?? Number.NaN)))
}

/** The value below which that fraction of the values is. */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.round(fraction * (sorted.length - 1))] ?? Number.NaN
}

function anyOf<Value>(values: readonly Value[]): Value {
  return values[Math.floor(Math.random() * values.length)] as Value
}
