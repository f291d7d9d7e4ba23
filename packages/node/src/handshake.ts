import type { Socket } from 'node:net'
import type { Connection, Tracker } from '@evenkeel/core'
import { type Ends, keyOf, keyOfBoth } from './key.js'
import { cancelPending } from './later.js'
import { connectionOf, type Transport, unbind, type Watch } from './watch.js'

/** The socket under a TLS connection whose handshake is not done. */
export class Handshake implements Transport {
  readonly watch: Watch
  readonly socket: Socket
  readonly silent = true
  retirement: AbortController | undefined = undefined
  pending: Set<() => void> | undefined = undefined

  constructor(watch: Watch, socket: Socket) {
    this.watch = watch
    this.socket = socket
    socket.on('close', onClose)
  }

  get gone(): boolean {
    return this.socket.destroyed
  }

  retired(): void {}

  end(): void {
    this.socket.destroy()
  }

  destroy(): void {
    this.socket.destroy()
  }

  release(): void {
    this.socket.off('close', onClose)
    unbind(this.socket)
  }
}

function onClose(this: Socket): void {
  const connection = connectionOf<Handshake>(this)
  if (connection === undefined) return
  const { tracker, limits } = connection.transport.watch
  cancelPending(connection)
  tracker.close(connection, 'client', limits.clock.now())
}

/** The connection whose handshake has led to this socket. They have the same ends, and nothing else in common. */
export function handshakeOf(tracker: Tracker<Transport>, socket: Ends): Connection<Transport> | undefined {
  return [keyOf(socket), keyOfBoth(socket)]
    .map((key) => tracker.get(key))
    .find((connection) => connection?.transport instanceof Handshake && hasEnds(connection.transport, socket))
}

function hasEnds({ socket }: Handshake, { localAddress, localPort }: Ends): boolean {
  return socket.localAddress === localAddress && socket.localPort === localPort
}
