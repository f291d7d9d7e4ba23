import type { Deadlines, Limits, Tracker } from '@evenkeel/core'
import type { RequestHead } from '../options/options.js'
import type { CoarseClock } from './coarse-clock.js'
import type { Handshakes } from './handshakes.js'
import type { IdleTimer } from './idle-timer.js'
import type { Service } from './service.js'
import type { Transport } from './transport.js'

/** What the connections of one server share. */
export interface Watch {
  /** In force now: they can change. */
  limits: Limits<RequestHead>
  readonly tracker: Tracker<Transport>
  readonly clock: CoarseClock
  /** What has to be done later; a pass of the sweep does what is due. */
  readonly deadlines: Deadlines<() => void>
  readonly handshakes: Handshakes
  readonly idleTimer: IdleTimer
  readonly service: Service
  /** Runs the sweep while there are connections: called at every open. */
  readonly startSweep: () => void
  /**
   * Ends idle connections, where that is needed for new ones: called at every open with the peer's address. False if
   * there are more than there may be.
   */
  readonly makeRoom: (newcomer?: string, full?: boolean) => boolean
}
