import type { Deadlines, Limits, Protocol, Tracker } from '@evenkeel/core'
import type { RequestHead } from '../options/options.js'
import type { CoarseClock } from './coarse-clock.js'
import type { Handshakes } from './handshakes.js'
import type { IdleTimer } from './idle-timer.js'
import type { Service } from './service.js'

/** What the connections of one server share. */
export interface Watch {
  /** In force now: they can change. */
  limits: Limits<RequestHead>
  readonly tracker: Tracker<Transport>
  readonly clock: CoarseClock
  /** What has to be done later; a pass of the sweep does what is due. */
  readonly deadlines: Deadlines<() => void>
  readonly handshakes: Handshakes<Transport>
  readonly idleTimer: IdleTimer
  readonly service: Service<Transport>
  /** Runs the sweep while there are connections: called at every open. */
  readonly startSweep: () => void
  /**
   * Ends idle connections, where that is needed for new ones: called at every open with the peer's address. False if
   * there are more than there may be.
   */
  readonly makeRoom: (newcomer?: string, full?: boolean) => boolean
}

/** What is done with a connection later: one thing for each. */
export type Purpose = 'age' | 'grace' | 'idle' | 'linger' | 'silence'

/** What carries a connection: an HTTP/1 socket or an HTTP/2 session. */
export interface Transport {
  readonly watch: Watch
  readonly protocol: Protocol
  /** Its client has sent nothing yet. */
  readonly silent: boolean
  /** How many bytes have come, where requests can be told from that. */
  readonly bytesRead: number
  /** It has ended, whether it has told so or not. */
  readonly gone: boolean
  /** Fires its signal when the connection is retired. There only when somebody asks for it, as each takes memory. */
  retirement?: AbortController
  /** What takes back what is to be done with it later. There only when something is. */
  deadlines?: Map<Purpose, () => void>
  /** The connection was retired: what has to happen beyond the record. */
  retired(): void
  /** Cuts it at once. */
  destroy(): void
  /** Leaves it as it was found. */
  release(): void
}
