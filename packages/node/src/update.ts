import { parseUpdate } from '@evenkeel/core'
import { appoint } from './appointments.js'
import type { ServerOptions } from './options.js'
import type { Tuning } from './tuning.js'
import type { Watch } from './watch.js'

/** What can be changed on a running server. */
export type UpdateOptions = Omit<ServerOptions, 'clock' | 'random'>

/** Puts other limits in force: for what comes, and for open connections where they are tighter than what those drew. */
export function update(watch: Watch, tuning: Tuning, options: UpdateOptions): void {
  const { tracker, limits: before } = watch
  const limits = parseUpdate(options, before)
  const now = limits.clock.now()
  watch.limits = limits
  tracker.limit(limits, now)
  // Who is leaving does so in earnest.
  tracker.rehearse(limits.dryRun && watch.ready, now)
  tuning.apply(before)
  for (const connection of [...tracker]) appoint(connection)
  watch.makeRoom()
  tracker.updated(limits, before)
}
