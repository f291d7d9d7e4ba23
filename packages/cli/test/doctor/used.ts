import type { AgeSeen } from '#cli/doctor/probes/age'
import type { End, Used } from '#cli/doctor/probes/requests'

/** A connection in use that was ended, or was not. */
export function used(requests: number, end: End | undefined, age: number, ageBefore: number = age - 1): Used {
  return { requests, end, isBusy: false, age, ageBefore, how: end === undefined ? undefined : 'fin' }
}

/** A connection that was left for a 503 that is not its own. */
export const busy = (requests: number): Used => ({ ...used(requests, undefined, 300), isBusy: true })

export const thrice = (one: Used): Used[] => [one, one, one]
export const slowly = (watched: number, one: Used): AgeSeen => ({
  watched,
  connections: [one, one],
})
