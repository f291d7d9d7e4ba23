import { atRest, defaults, type Limits } from '@evenkeel/core'
import type { RequestHead } from '../options/options.js'

type ServerLimits = Limits<RequestHead>

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
