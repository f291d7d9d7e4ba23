import type { Connection, Protocol } from '@evenkeel/core'
import type { Watch } from './watch.js'

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
