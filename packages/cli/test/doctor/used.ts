import type { AgeSeen } from '#cli/doctor/probes/age'
import type { End, Used } from '#cli/doctor/probes/requests'

/** A connection in use that was ended, or was not. */
export function used(requests: number, end: End | undefined, age: number, ageBefore: number = age - 1): Used {
  return { requests, end, age, ageBefore, how: end === undefined ? undefined : 'fin' }
}

export const thrice = (one: Used): Used[] => [one, one, one]
export const slowly = (watched: number, one: Used): AgeSeen => ({
  watched,
  connections: [one, one],
})
