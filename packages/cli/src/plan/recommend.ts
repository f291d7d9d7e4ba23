import type { Numbers } from './numbers.js'
import type { Row } from './simulate.js'
import { percent, short, tellDuration } from './words.js'

/** By how much lower a fleet must leave the hottest server to be worth a store, as a part of the mean. */
const worthAStore = 0.1

/** The share of the CPU from which on reconnects are worth avoiding. */
const dear = 0.01

/** What to do, and why in one sentence. */
export interface Advice {
  /** None where nothing evens the load in time. */
  readonly row: Row | undefined
  /** The best one without a store, where the advice is a fleet. */
  readonly second: Row | undefined
  readonly why: string
}

/** The fewest reconnects among what evens the load in time; a fleet where it is worth its store. */
export function recommend(rows: readonly Row[], { within }: Pick<Numbers, 'within'>): Advice {
  const protective = rows.filter(({ candidate }) => candidate.kind !== 'none')
  const even = protective.filter(({ evenAfter }) => evenAfter <= within)
  const [limit] = even.filter(isLimit).sort((a, b) => a.reconnectsPerSecond - b.reconnectsPerSecond)
  const fleet = even.find((row) => !isLimit(row))
  if (fleet !== undefined && (limit === undefined || isWorth(fleet, limit))) {
    return { row: fleet, second: limit, why: praiseFleet(fleet, limit) }
  }
  if (limit !== undefined) return { row: limit, second: undefined, why: praiseLimit(limit, fleet, within) }
  return { row: undefined, second: undefined, why: tellFailure(protective, within) }
}

function isLimit({ candidate }: Row): boolean {
  return candidate.kind !== 'fleet'
}

function isWorth(fleet: Row, limit: Row): boolean {
  return limit.hottestOverMean - fleet.hottestOverMean >= worthAStore || limit.cpuShare >= dear
}

function praiseFleet(fleet: Row, limit: Row | undefined): string {
  const start = `It is even after ${tellDuration(fleet.evenAfter)} and leaves the hottest server at ${ratio(fleet)} of the mean`
  if (limit === undefined) return `${start}, and no limit here is even in time.`
  const instead = `${ratio(limit)} and ${short(limit.reconnectsPerSecond)}`
  return `${start}, for ${short(fleet.reconnectsPerSecond)} reconnects a second from then on; with ${limit.candidate.phrase} it would be ${instead}.`
}

function praiseLimit(limit: Row, fleet: Row | undefined, within: number): string {
  const cost = `${short(limit.reconnectsPerSecond)} a second, ${percent(limit.cpuShare)} of each server's CPU`
  const start = `Of all limits that even the load within ${tellDuration(within)}, it costs the fewest reconnects: ${cost}`
  if (fleet === undefined) return `${start}; a fleet would not be even in time.`
  return `${start}; a fleet would leave the hottest server at ${ratio(fleet)} of the mean instead of ${ratio(limit)}, and needs a store.`
}

function tellFailure(rows: readonly Row[], within: number): string {
  const [quickest] = [...rows].sort((a, b) => a.evenAfter - b.evenAfter || b.newShare - a.newShare)
  const start = `Nothing here is even within ${tellDuration(within)}`
  if (quickest === undefined) return `${start}.`
  const { candidate, evenAfter, newShare } = quickest
  const fate =
    evenAfter < Infinity
      ? `takes ${tellDuration(evenAfter)}`
      : `has the new servers at ${percent(newShare)} of their fair share in the end`
  return `${start}; ${candidate.phrase} comes closest and ${fate}: try a lower --max-requests or --max-age, or allow more --within.`
}

function ratio({ hottestOverMean }: Row): string {
  return hottestOverMean.toFixed(2)
}
