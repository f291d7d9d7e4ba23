import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Connection, Side } from '@evenkeel/core'
import { connectionOf, type Transport, unbind, type Watch } from '../watch.js'

/** A socket that carries HTTP/1, or what it was upgraded to. */
export class Http1Transport implements Transport {
  readonly watch: Watch
  readonly socket: Socket
  retirement: AbortController | undefined
  /** The response to the newest request, while it is in flight: a mark goes on this one, never before it. */
  latest: ServerResponse | undefined
  /** `latest` is the last response of this connection: no request behind it is taken. */
  final: boolean
  /** `latest` says so, and Node ends the connection behind it. */
  marked: boolean
  /** How many requests it had served when an idle timer was extended: each idle time is extended once. */
  extendedAt: number
  /** What still arrives is dropped unread. */
  discarding: boolean

  constructor(watch: Watch, socket: Socket) {
    this.watch = watch
    this.socket = socket
    this.retirement = undefined
    this.latest = undefined
    this.final = false
    this.marked = false
    this.discarding = false
    this.extendedAt = -1
  }

  get gone(): boolean {
    return this.socket.destroyed
  }

  /** Nothing: the last response ends the connection. */
  retired(): void {}

  destroy(): void {
    this.socket.destroy()
  }

  release(): void {
    this.socket.off('close', onSocketClose)
    unbind(this.socket)
  }
}

export type Http1Connection = Connection<Http1Transport>

/** The connection of a socket that carries HTTP/1. */
export function connectionOfSocket(socket: Socket): Http1Connection | undefined {
  return connectionOf<Http1Transport>(socket)
}

/** The record ends with its socket, and with it every response that Node discards without an event. */
export function onSocketClose(this: Socket, failed: boolean): void {
  const connection = connectionOfSocket(this)
  if (connection === undefined) return
  const { tracker, limits } = connection.transport.watch
  tracker.close(connection, endedFirst(connection, failed), limits.clock.now())
}

function endedFirst({ retired, transport }: Http1Connection, failed: boolean): Side {
  if (transport.final || retired === 'idle-timeout') return 'server'
  return failed || transport.socket.readableEnded ? 'client' : 'server'
}
