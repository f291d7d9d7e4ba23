import type { Connection, Deadlines, Limits, Protocol, Tracker } from '@evenkeel/core'
import type { RequestHead } from '../options/options.js'
import type { CoarseClock } from './coarse-clock.js'
import type { Handshakes } from './handshakes.js'
import type { IdleTimer } from './idle-timer.js'
import type { Service } from './service.js'

/** What the connections of one server share. */
export interface Watch {
  /** The limits in force. They can change. */
  limits: Limits<RequestHead>
  readonly tracker: Tracker<Transport>
  readonly clock: CoarseClock
  /** Tasks for later. A pass of the sweep runs those that are due. */
  readonly deadlines: Deadlines<() => void>
  readonly handshakes: Handshakes<Transport>
  readonly idleTimer: IdleTimer
  readonly service: Service<Transport>
  readonly fleet: FleetPlace
  /**
   * The newest HTTP/1 request, until its response is sent. A middleware compares it with its own request, and need not
   * ask that request for its server: behind Express V8 caches no property of a request, because Express gives each
   * another prototype, and every read costs over 2,000 instructions.
   */
  newest: object | undefined
  /** Runs the sweep while there are connections: called at every open. */
  readonly startSweep: () => void
  /**
   * Ends idle connections if new ones need their places. It is called at every open, with the peer's address. False
   * if there are more connections than allowed.
   */
  readonly makeRoom: (newcomer?: string, full?: boolean) => boolean
}

/** A server's place in its fleet, if it has one. */
export interface FleetPlace {
  /** The server is in service, and joins. */
  join(): void
  /** The server is on its way out, and leaves. */
  leave(): void
  opened(connection: Connection<Transport>): void
}

/** The purpose of a task for later. A connection has one task for each. */
export type Purpose = 'age' | 'grace' | 'idle' | 'linger' | 'silence'

/** What carries a connection: an HTTP/1 socket or an HTTP/2 session. */
export interface Transport {
  readonly watch: Watch
  readonly protocol: Protocol
  /** Its client has sent nothing yet. */
  readonly silent: boolean
  /** How many bytes have come, if they show that a request begins. */
  readonly bytesRead: number
  /** Whether it has ended, with a `close` event or without. */
  readonly gone: boolean
  /**
   * Fires its signal when the connection is retired. It is made when somebody asks for it, because each takes memory.
   */
  retirement?: AbortController
  /** Functions that cancel its tasks for later. Undefined while there is none. */
  deadlines?: Map<Purpose, () => void>
  /** The connection was retired. Does what has to be done besides the record. */
  retired(): void
  /** Cuts it at once. */
  destroy(): void
  /** Leaves it as it was found. */
  release(): void
}
