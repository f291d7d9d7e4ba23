import { type Limits, OptionError, parseUpdate } from '@evenkeel/core'
import { startTimeLimits } from '../connection/time-limits.js'
import type { Watch } from '../connection/watch.js'
import type { RequestHead, ServerOptions } from '../options/options.js'
import type { Tuning } from '../tuning/tuning.js'

/** What can be changed on a running server. */
export type UpdateOptions = Omit<ServerOptions, 'clock' | 'random' | 'fleet'>

/** Changes the limits in force, as a user asks for it. */
export function update(watch: Watch, tuning: Tuning, options: UpdateOptions): void {
  const limits = parseUpdate(options, watch.limits)
  if (limits.dryRun && !watch.limits.dryRun && watch.service.draining) throw leaving()
  enforce(watch, tuning, limits)
}

/**
 * Puts other limits in force. New connections get them. An open connection gets them where they are tighter than what it
 * drew.
 *
 * @param alsoLooser whether open connections get them where they are looser too.
 */
export function enforce(watch: Watch, tuning: Tuning, limits: Limits<RequestHead>, alsoLooser = false): void {
  const { tracker, limits: before } = watch
  const isSwitched = limits.dryRun !== before.dryRun
  const now = limits.clock.now()
  tracker.limit(limits, now, alsoLooser)
  watch.limits = limits
  // A server that is leaving closes connections, dry run or not.
  if (isSwitched) tracker.rehearse(limits.dryRun && watch.service.ready, now)
  tuning.apply(before)
  for (const connection of [...tracker]) startTimeLimits(connection)
  watch.makeRoom()
  tracker.updated(limits, before)
}

/**
 * The error for a dry run in the middle of a drain: a part of the connections would be gone, and the others would
 * stay.
 */
function leaving(): OptionError {
  return new OptionError(
    'ERR_EVENKEEL_OPTIONS_CONFLICT',
    'dryRun',
    true,
    'dryRun is true, but connections are being drained in earnest',
    'wait until the drain is over, or stop it by its signal',
  )
}
