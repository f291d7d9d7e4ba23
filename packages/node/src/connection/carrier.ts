import type { Connection } from '@evenkeel/core'
import type { Transport } from './watch.js'

/** A shared name, because a program may hold two copies of this package. */
const connectionOfCarrier = Symbol.for('@evenkeel/node/connection')

interface Carrier<T extends Transport> {
  [connectionOfCarrier]?: Connection<T>
}

/**
 * The connection of a socket, of a session, or of a response on one of them. They carry it as a property, because a
 * lookup for each request must cost next to nothing.
 */
export function connectionOf<T extends Transport = Transport>(carrier: object): Connection<T> | undefined {
  return (carrier as Carrier<T>)[connectionOfCarrier]
}

/** Binds an object that lives no longer than a request. */
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
