import { OptionError, parseUpdate } from '@evenkeel/core'
import { startTimeLimits } from '../connection/time-limits.js'
import type { Watch } from '../connection/watch.js'
import type { ServerOptions } from '../options/options.js'
import type { Tuning } from '../tuning/tuning.js'

/** What can be changed on a running server. */
export type UpdateOptions = Omit<ServerOptions, 'clock' | 'random'>

/** Puts other limits in force: for what comes, and for open connections where they are tighter than what those drew. */
export function update(watch: Watch, tuning: Tuning, options: UpdateOptions): void {
  const { tracker, limits: before } = watch
  const limits = parseUpdate(options, before)
  const isSwitched = limits.dryRun !== before.dryRun
  if (isSwitched && limits.dryRun && watch.service.draining) throw leaving()
  const now = limits.clock.now()
  tracker.limit(limits, now)
  watch.limits = limits
  // Who is leaving does so in earnest.
  if (isSwitched) tracker.rehearse(limits.dryRun && watch.service.ready, now)
  tuning.apply(before)
  for (const connection of [...tracker]) startTimeLimits(connection)
  watch.makeRoom()
  tracker.updated(limits, before)
}

/** Half of the connections would be gone, and the others stay for good. */
function leaving(): OptionError {
  return new OptionError(
    'ERR_EVENKEEL_OPTIONS_CONFLICT',
    'dryRun',
    true,
    'dryRun is true, but connections are being drained in earnest',
    'wait until the drain is over, or stop it by its signal',
  )
}
