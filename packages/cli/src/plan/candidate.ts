import type { Options } from '@evenkeel/core'
import type { Numbers } from './numbers.js'
import { roundDuration } from './words.js'

/** What could be done. */
export interface Candidate {
  readonly kind: 'none' | 'requests' | 'age' | 'defaults' | 'fleet'
  readonly name: string
  /** The same in a sentence. */
  readonly phrase: string
  /** What to write in a program; every other option has its default. Not of the fleet, which is no number. */
  readonly options: Options
}

/** What a user may have asked for instead of the usual. */
export interface Wishes {
  readonly maxRequests?: readonly number[] | undefined
  /** In milliseconds. */
  readonly maxAge?: readonly number[] | undefined
}

/** For which lives of a connection limits on requests are tried, in seconds. */
const usualLives = [15, 60]
const usualAges = [30_000, 120_000]

/** No limit, limits on requests, on age, the defaults, and a fleet. */
export function candidates(numbers: Numbers, { maxRequests, maxAge }: Wishes = {}): Candidate[] {
  const { rate, connections, idleTimeout } = numbers
  const counts = maxRequests ?? usualLives.map((life) => near((rate / connections) * life))
  const ages = maxAge ?? usualAges
  return [
    {
      kind: 'none',
      name: 'no limit',
      phrase: 'no limit',
      options: { maxRequestsPerConnection: Infinity, maxConnectionAge: Infinity, idleTimeout },
    },
    ...[...new Set(counts)].map((count): Candidate => {
      const options = { maxRequestsPerConnection: count, idleTimeout }
      const name = count === 1 ? '1 request' : `${count} requests`
      return { kind: 'requests', name, phrase: `a limit of ${name}`, options }
    }),
    ...[...new Set(ages)].map((age): Candidate => {
      const options = { maxConnectionAge: age, idleTimeout }
      const name = roundDuration(age)
      return { kind: 'age', name: `age ${name}`, phrase: `an age limit of ${name}`, options }
    }),
    { kind: 'defaults', name: 'the defaults', phrase: 'the defaults', options: { idleTimeout } },
    { kind: 'fleet', name: 'a fleet', phrase: 'a fleet', options: { idleTimeout } },
  ]
}

/** The nearest of 10, 20, 50, 100, 200, 500 and so on. */
function near(count: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(10, count)))
  const steps = [1, 2, 5, 10].map((step) => step * power)
  return steps.reduce((best, step) =>
    Math.abs(Math.log(step / count)) < Math.abs(Math.log(best / count)) ? step : best,
  )
}
