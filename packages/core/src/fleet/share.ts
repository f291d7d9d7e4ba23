import type { MemberLimits } from './options.js'

/** What a member tells its fleet. */
export interface Report {
  /** In requests per second, or the utilization of the event loop. */
  readonly load: number
  /** How much of the load it should have, beside the weights of the others. */
  readonly weight: number
}

/** The sums over all members. */
export interface Totals {
  readonly load: number
  readonly weight: number
  readonly members: number
}

/** Where a member stands in its fleet. */
export interface Share {
  /** The part of the whole load that is this member's by its weight. */
  readonly fair: number
  /** How much its load is above that. Below 0 it has room. */
  readonly surplus: number
  /** Whether the surplus is more than chance and tolerance. */
  readonly isSignificant: boolean
}

/** How many times the square root of the requests in the window chance may be. */
const deviations = 4

/** The smallest part of its weight that a new member has. */
const firstWeight = 0.1

/**
 * Compares a load with its fair share.
 *
 * @param requests how many requests the fair share is in the window: the fewer, the more is chance.
 */
export function shareOf(own: Report, totals: Totals, requests: number, tolerance: number): Share {
  const fair = totals.weight > 0 ? (totals.load * own.weight) / totals.weight : own.load
  const chance = requests > 0 ? deviations / Math.sqrt(requests) : Infinity
  return {
    fair,
    surplus: own.load - fair,
    isSignificant: own.load > fair * (1 + Math.hypot(tolerance, chance)),
  }
}

/** The weight of a member that has been in the fleet for `age` milliseconds. */
export function weightAt(age: number, { weight, slowStart }: MemberLimits): number {
  if (age >= slowStart) return weight
  return weight * Math.max(firstWeight, age / slowStart)
}
