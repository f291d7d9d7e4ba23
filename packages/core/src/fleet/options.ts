import { type Parsers, parse } from '../options/parse.js'
import { atLeast, delay, positive, window } from '../options/parsers.js'

/** How a server takes part in a fleet. Durations are milliseconds. */
export interface MemberOptions {
  /**
   * How much of the fleet's load this server should have, beside the weights of the others: with 2 it should have
   * twice as much as one with 1. A number above 0, default 1. The same as a server's `weight` in nginx and HAProxy.
   */
  weight?: number | undefined
  /**
   * How long the weight of a new member grows, from a tenth to the whole, in milliseconds. A new process is slower,
   * because Node compiles its code while it serves. Default 0: the whole weight at once. The same as `slow_start` in
   * nginx and Envoy.
   */
  slowStart?: number | undefined
  /**
   * How far above its fair share a server may be before connections leave it, as a fraction of that share. A number of
   * 0 or more, default 0.05. An allowance for chance is combined with it, as the root of the sum of squares: 0.076 in all
   * where a fair share is 500 requests per second, and 0.27 where it is 22.
   */
  tolerance?: number | undefined
  /**
   * The time over which a load is averaged, exponentially, in milliseconds. Default 10 000. With a longer one smaller
   * differences are seen, and later.
   */
  window?: number | undefined
  /**
   * How often a member reports its load and learns that of the fleet, in milliseconds. Default 1 000. The same for all
   * members of a fleet: a member that has not reported for three times as long is out of it.
   */
  interval?: number | undefined
}

/** With every default filled in. Frozen. */
export type MemberLimits = { readonly [Name in keyof MemberOptions]-?: number }

export const memberDefaults: MemberLimits = Object.freeze({
  weight: 1,
  slowStart: 0,
  tolerance: 0.05,
  window: 10_000,
  interval: 1_000,
})

/** One parser for each. */
export const memberParsers: Parsers<MemberLimits> = {
  weight: positive,
  slowStart: delay,
  tolerance: atLeast(0),
  window,
  interval: window,
}

/** @throws {@link OptionError} for an unknown name or a value that cannot be used. */
export function parseMemberOptions(options: MemberOptions): MemberLimits {
  return parse(memberParsers, memberDefaults, options, '{ weight: 2 }')
}

/** For how many intervals what a member knows of its fleet, and the fleet of a member, stays true. */
export const patience = 3
