import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Connection, Limits, Tracker } from '@evenkeel/core'
import type { Sweep } from './sweep.js'

/** What the connections of one server share. */
export interface Watch {
  readonly tracker: Tracker<Transport>
  readonly limits: Limits<IncomingMessage>
  readonly sweep: Sweep
}

/** An HTTP/1 socket under watch. */
export interface Transport {
  readonly watch: Watch
  readonly socket: Socket
  /** The response to the newest request, while it is in flight: a mark goes on this one, never before it. */
  latest: ServerResponse | undefined
  /** `latest` is the last response of this connection: no request behind it is taken. */
  final: boolean
}

export type SocketConnection = Connection<Transport>

const connectionOfSocket = Symbol('evenkeel.connection')

interface WatchedSocket extends Socket {
  [connectionOfSocket]?: SocketConnection
}

/** A property of the socket, because a lookup for each request must cost next to nothing. */
export function connectionOf(socket: Socket): SocketConnection | undefined {
  return (socket as WatchedSocket)[connectionOfSocket]
}

export function bind(connection: SocketConnection): void {
  Object.defineProperty(connection.transport.socket, connectionOfSocket, {
    value: connection,
    configurable: true,
  })
}

export function unbind({ transport }: SocketConnection): void {
  delete (transport.socket as WatchedSocket)[connectionOfSocket]
}
