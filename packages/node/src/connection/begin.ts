import type { Connection } from '@evenkeel/core'
import { isExempt } from '../options/exempt.js'
import type { RequestHead } from '../options/options.js'
import { reopen } from './reopen.js'
import type { Transport, Watch } from './watch.js'

/** A request has come on a connection: it counts, unless it is exempt, and is in flight from here on. */
export function begin(watch: Watch, connection: Connection<Transport>, head: RequestHead): void {
  const { tracker } = watch
  if (tracker.dryRun) reopen(connection)
  if (!isExempt(watch.limits, head)) tracker.count(connection)
  tracker.begin(connection)
}
