import type { By } from './names/by.js'
import type { Plan } from './plan.js'

/** The options as they are parsed. */
export interface Flags {
  readonly connections: number
  readonly requests: number
  readonly by?: By
  readonly from?: readonly string[]
  readonly header?: Readonly<Record<string, string>>
  readonly timeout: number
  readonly insecure?: boolean
  readonly watch?: boolean
  readonly for: number
}

export function planOf(url: URL, flags: Flags): Plan {
  const {
    connections,
    requests,
    by,
    from = [],
    header = {},
    timeout,
    insecure = false,
    watch = false,
  } = flags
  return {
    ...{ url, connections, requests, by, from, headers: header, timeout },
    isInsecure: insecure,
    watch: watch ? Math.round(flags.for / 1_000) : 0,
  }
}
