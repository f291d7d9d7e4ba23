import type { Connection, Deadlines, Limits, Protocol, Tracker } from '@evenkeel/core'
import type { RequestHead } from '../options/options.js'

/** What the connections of one server share. */
export interface Watch {
  /** In force now: they can change. */
  limits: Limits<RequestHead>
  readonly tracker: Tracker<Transport>
  /** TLS connections that have not come further, by both ends of their sockets. */
  readonly handshakes: Map<string, Connection<Transport>>
  /** Whether they can be told by their ends. */
  seesHandshakes: boolean
  /** What has to be done later; a pass of the sweep does what is due. */
  readonly deadlines: Deadlines<() => void>
  /** Runs the sweep while there are connections: called at every open. */
  readonly startSweep: () => void
  /**
   * Ends idle connections, where that is needed for new ones: called at every open with the peer's address. False if
   * there are more than there may be.
   */
  readonly makeRoom: (newcomer?: string, full?: boolean) => boolean
  /** Whether a drain is under way. */
  draining: boolean
  /**
   * Since when it matters to the millisecond when a connection was last used, and is known; until then it is known to
   * within a second. `Infinity` while it does not matter.
   */
  exactSince: number
  /** How much later than it is known that may have been at most, in milliseconds. */
  inexactness: number
  /** How long an idle connection is kept beyond Node's own timer, in milliseconds. */
  idleExtension: number
  /**
   * When the clock was last read, by the sweep or for a new connection, so about a second ago at most while there are
   * connections: the time of what needs no finer one, because to read a clock costs as much as all else that is done
   * for a request.
   */
  now: number
  /** Whether the clock is read for every request all the same: one that a user has given may go as it likes. */
  readonly asksClock: boolean
  /** Whether the server's own timeouts are ours. */
  tuned: boolean
  /** Connections that the server closed because they were idle. */
  idleTimeouts: number
  /** There may be connections that are seen only with their next request. */
  unseen: boolean
  /** False once a shutdown has begun. */
  ready: boolean
  /** Told of every connection that opens while the server is leaving. */
  readonly newcomers: Set<(connection: Connection<Transport>) => void>
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
  /** Ends it at once while nothing is in flight. */
  end(): void
  /** Cuts it. */
  destroy(): void
  /** Leaves it as it was found. */
  release(): void
}

/** Under a shared name, for the sake of two copies of this package in one program. */
const connectionOfCarrier = Symbol.for('@evenkeel/node/connection')

interface Carrier<T extends Transport> {
  [connectionOfCarrier]?: Connection<T>
}

/**
 * The connection of a socket, of a session, or of a response on one. A property of theirs, because a lookup for
 * each request must cost next to nothing.
 */
export function connectionOf<T extends Transport = Transport>(carrier: object): Connection<T> | undefined {
  return (carrier as Carrier<T>)[connectionOfCarrier]
}

/** Binds what lives no longer than a request. */
export function bindBriefly<T extends Transport>(carrier: object, connection: Connection<T>): void {
  ;(carrier as Carrier<T>)[connectionOfCarrier] = connection
}

export function unbindBriefly(carrier: object): void {
  ;(carrier as { [connectionOfCarrier]?: unknown })[connectionOfCarrier] = undefined
}

export function bind(carrier: object, connection: Connection<Transport>): void {
  Object.defineProperty(carrier, connectionOfCarrier, { value: connection, configurable: true })
}

export function unbind(carrier: object): void {
  Reflect.deleteProperty(carrier, connectionOfCarrier)
}
