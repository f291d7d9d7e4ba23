import type { ConnectionLimits } from '../options/options.js'

/** The limits of one connection: how many requests it may have served, and how old it may be in milliseconds. */
export interface Drawn {
  requestLimit: number
  ageLimit: number
}

/** How many requests a connection has served, and its age in milliseconds. */
interface Past {
  readonly requests: number
  readonly age: number
}

/** Draws the limits of a new connection, each uniform in `[limit * (1 - jitter), limit]`. */
export function draw(limits: ConnectionLimits): Drawn {
  return {
    requestLimit: drawCount(limits.maxRequestsPerConnection, limits),
    ageLimit: drawDuration(limits.maxConnectionAge, limits),
  }
}

/**
 * The limits of an open connection when the configured limits become tighter. A connection below its new limit gets
 * that limit. A connection above it gets the new limit once more: counted from now, and drawn from its full range, so
 * that not all of these leave at once. No connection gets more than it had.
 */
export function tighten(
  drawn: Readonly<Drawn>,
  past: Past,
  limits: ConnectionLimits,
  before: ConnectionLimits,
): Drawn {
  const { maxRequestsPerConnection, maxConnectionAge, random } = limits
  const { requests, age } = past
  let { requestLimit, ageLimit } = drawn
  if (maxRequestsPerConnection < Math.min(before.maxRequestsPerConnection, requestLimit)) {
    const next = drawCount(maxRequestsPerConnection, limits)
    const again = (): number => requests + 1 + Math.floor(random() * maxRequestsPerConnection)
    requestLimit = Math.min(requestLimit, requests < next ? next : again())
  }
  if (maxConnectionAge < Math.min(before.maxConnectionAge, ageLimit)) {
    const next = drawDuration(maxConnectionAge, limits)
    const again = (): number => Math.ceil(age + random() * maxConnectionAge)
    ageLimit = Math.min(ageLimit, age < next ? next : again())
  }
  return { requestLimit, ageLimit }
}

/** The limits of an open connection when limits become looser: drawn anew, and never tighter than they were. */
export function loosen(drawn: Readonly<Drawn>, limits: ConnectionLimits, before: ConnectionLimits): Drawn {
  const { requestLimit, ageLimit } = draw(limits)
  return {
    requestLimit:
      limits.maxRequestsPerConnection > before.maxRequestsPerConnection
        ? Math.max(drawn.requestLimit, requestLimit)
        : drawn.requestLimit,
    ageLimit:
      limits.maxConnectionAge > before.maxConnectionAge ? Math.max(drawn.ageLimit, ageLimit) : drawn.ageLimit,
  }
}

/** Uniform over the whole numbers of `[limit * (1 - jitter), limit]`, and at least 1. */
function drawCount(limit: number, { jitter, random }: ConnectionLimits): number {
  if (limit === Infinity) return limit
  return limit - Math.floor(random() * (Math.min(limit - 1, Math.floor(limit * jitter)) + 1))
}

/** A whole number where possible: any other number takes 16 bytes more. */
function drawDuration(limit: number, { jitter, random }: ConnectionLimits): number {
  if (limit === Infinity) return limit
  return Math.min(limit, Math.ceil(limit * (1 - jitter * random())))
}
