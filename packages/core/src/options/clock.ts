/** A source of time: milliseconds from any origin, never going back. `performance` is one. */
export interface Clock {
  now(): number
}

/** A source of randomness: uniform in `[0, 1)`. `Math.random` is one. */
export type Random = () => number

/** What the pure core gets instead of globals. */
export interface Environment {
  readonly clock: Clock
  readonly random: Random
}
