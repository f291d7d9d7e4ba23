import { atRest, Member, type Options, parseMemberOptions, parseOptions } from '@evenkeel/core'
import { lives, type ScaledOut, scaleOut } from '../simulation/index.js'
import type { Candidate } from './candidate.js'
import { lifeByFormula } from './life.js'
import type { Numbers } from './numbers.js'
import type { Scaled } from './scale.js'

/** What became of a candidate. Times are milliseconds; Infinity is never, or longer than was simulated. */
export interface Row {
  readonly candidate: Candidate
  /** Until the new servers have four fifths of their fair share. */
  readonly evenAfter: number
  /** What the new servers have of their fair share in the end. */
  readonly newShare: number
  readonly hottestOverMean: number
  readonly reconnectsPerSecond: number
  /** The most within five seconds. */
  readonly reconnectsPerSecondAtMost: number
  /** From the scale-out until the load is even. */
  readonly reconnectsUntilEven: number
  /** Of one core of each server. */
  readonly cpuShare: number
  readonly life: { readonly p50: number; readonly p99: number; readonly byFormula: number }
}

/** Behind so long without it a load counts as one that never is even. */
export const horizon = 300_000

/** Longer lives are told as longer than this. */
export const longestLife = 7_200_000

/** How long servers serve before they become more, and how the load is judged then, in seconds. */
const course = { scaleAt: 30, rest: 30, span: 30, spans: 2 }

/** The same for a fleet: the hottest server goes on to shed where the new ones are full. In seconds. */
const fleetRest = 120

/** How many connections are followed to their end. */
const followed = 2_000
const mostFollowedRequests = 20_000_000

/** One run takes part of a second; what is awaited in between is up to the caller. */
export function* simulate(
  candidate: Candidate,
  { numbers, runs }: Scaled,
  real: Numbers,
): Generator<void, Row> {
  const options: Options =
    candidate.kind === 'fleet' ? { ...candidate.options, ...atRest } : candidate.options
  const isFleet = candidate.kind === 'fleet'
  const byFormula = lifeByFormula(real, parseOptions(options, { clock: { now: () => 0 }, random: () => 0 }))
  const outcomes: ScaledOut[] = []
  for (let seed = 1; seed <= runs; seed++) {
    outcomes.push(
      scaleOut({
        ...{ ...numbers, ...course, seed, limits: options, isFresh: false },
        ...(isFleet ? { newRule: (_: unknown, now: number) => new Member(parseMemberOptions({}), now) } : {}),
        rest: isFleet ? fleetRest : course.rest,
        step: isFleet ? 1 : stepOf(byFormula / 1_000),
        within: candidate.kind === 'none' ? course.rest : Math.max(horizon, real.within) / 1_000,
      }),
    )
    yield
  }
  const times = real.connections / numbers.connections
  const mean = (pick: (outcome: ScaledOut) => number): number =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0) / runs
  const reconnectsPerSecond = mean((each) => each.reconnectsPerSecond) * times
  return {
    candidate,
    evenAfter: at(
      outcomes.map(({ evenAfter }) => evenAfter * 1_000),
      0.5,
    ),
    newShare: mean(({ newShare }) => newShare),
    hottestOverMean: mean(({ hottest }) => hottest),
    reconnectsPerSecond,
    reconnectsPerSecondAtMost: mean(({ peak }) => peak) * times,
    reconnectsUntilEven: mean((each) => each.reconnectsUntilEven) * times,
    cpuShare: ((reconnectsPerSecond / real.to) * real.handshake) / 1_000,
    life: { ...livesOf(numbers, options, byFormula), byFormula },
  }
}

/** Often enough for what lives so many seconds. */
function stepOf(life: number): number {
  return [2.5, 1, 0.5].find((step) => step <= life / 30) ?? 0.25
}

function livesOf(numbers: Numbers, limits: Options, life: number): { p50: number; p99: number } {
  const { connections, rate, pace } = numbers
  const requests = (rate / connections) * (Math.min(life, longestLife) / 1_000)
  const affordable = pace === 'regular' ? Math.ceil(mostFollowedRequests / requests) : followed
  const count = Math.min(followed, Math.max(50, affordable))
  const crowd = { ...numbers, connections: count, clients: count, rate: (rate / connections) * count }
  const found = lives({ ...crowd, isFresh: true }, limits, 1, longestLife)
  return { p50: at(found, 0.5), p99: at(found, 0.99) }
}

/** The value below which that part of them is. */
function at(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN
}
