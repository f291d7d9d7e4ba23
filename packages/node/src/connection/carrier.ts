import type { Connection } from '@evenkeel/core'
import type { Transport } from './watch.js'

/** A shared name, because a program may hold two copies of this package. */
export const connectionOfCarrier: unique symbol = Symbol.for('@evenkeel/node/connection')

export interface Carrier<T extends Transport> {
  [connectionOfCarrier]?: Connection<T>
}

/**
 * The connection of a socket, of a session, or of a response on one of them. They carry it as a property, because a
 * lookup for each request must cost next to nothing.
 *
 * What happens to each request reads the property in a place of its own, not here. V8 remembers up to four shapes of
 * object in each place where a property is read. If a place sees more, each read costs about 200 instructions.
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
