import { defaults, type Limits } from '@evenkeel/core'
import type { RequestHead } from '../options/options.js'

type ServerLimits = Limits<RequestHead>

/**
 * What limits are while a fleet evens the load: none on requests, and an age of one hour. Reconnecting for no reason
 * would be dear then; an hour lets a new server among hundreds fill in time.
 */
const atRest = { maxRequestsPerConnection: Infinity, maxConnectionAge: 3_600_000 } as const

/**
 * The limits with those at rest, or in force again, that the user has not set. None where that changes nothing.
 *
 * @param given the names of those that the user has set.
 */
export function resting(
  limits: ServerLimits,
  given: ReadonlySet<string>,
  isResting: boolean,
): ServerLimits | undefined {
  const { maxRequestsPerConnection, maxConnectionAge } = isResting ? atRest : defaults
  const next = Object.freeze({
    ...limits,
    ...(given.has('maxRequestsPerConnection') ? {} : { maxRequestsPerConnection }),
    ...(given.has('maxConnectionAge') ? {} : { maxConnectionAge }),
  })
  const isSame =
    next.maxRequestsPerConnection === limits.maxRequestsPerConnection &&
    next.maxConnectionAge === limits.maxConnectionAge
  return isSame ? undefined : next
}
