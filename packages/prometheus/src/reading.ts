import type { Keel, Snapshot } from '@evenkeel/node'

/** What a keel shows at one moment. */
export interface Reading {
  readonly snapshot: Snapshot
  readonly limits: Keel['limits']
  readonly ready: boolean
}

export function read(keel: Keel): Reading {
  return { snapshot: keel.snapshot(), limits: keel.limits, ready: keel.ready }
}
