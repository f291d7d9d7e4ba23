import type { FleetStatus, Keel, Snapshot } from '@evenkeel/node'

/** What a keel shows at one moment. */
export interface Reading {
  readonly snapshot: Snapshot
  readonly limits: Keel['limits']
  readonly ready: boolean
}

export function read(keel: Keel): Reading {
  return { snapshot: keel.snapshot(), limits: keel.limits, ready: keel.ready }
}

/** Servers that are one member of a fleet have the same status. It is counted with the first of them. */
export function readAll(keels: Iterable<Keel>): readonly Reading[] {
  const seen = new Set<FleetStatus>()
  return Array.from(keels, (keel) => {
    const reading = read(keel)
    const { fleet } = reading.snapshot
    if (fleet === undefined) return reading
    if (seen.has(fleet)) return { ...reading, snapshot: { ...reading.snapshot, fleet: undefined } }
    seen.add(fleet)
    return reading
  })
}
