import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Connection } from '@evenkeel/core'
import { connectionOf } from '../connection/carrier.js'
import type { Transport } from '../connection/watch.js'

/** A socket that carries HTTP/1, or what it was upgraded to. */
export interface Http1Transport extends Transport {
  readonly socket: Socket
  /** The response to the newest request, while it is in flight. Only this response may get the mark. */
  latest: ServerResponse | undefined
  /** Whether its idle timer was extended since its last request. That happens once for each idle time. */
  extended: boolean
}

export type Http1Connection = Connection<Http1Transport>

/** The connection of a socket that carries HTTP/1. */
export function connectionOfSocket(socket: object): Http1Connection | undefined {
  return connectionOf<Http1Transport>(socket)
}

/** The connection that a response was counted on. */
export function connectionOfResponse(response: ServerResponse): Http1Connection | undefined {
  return connectionOf<Http1Transport>(response)
}
