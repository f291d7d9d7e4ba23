import type { Socket } from 'node:net'
import type { Connection, Protocol } from '@evenkeel/core'
import { connectionOf, unbind } from './carrier.js'
import { clearDeadlines } from './deadline.js'
import { type Ends, endsOf } from './key.js'
import { CloseWatch } from './on-socket-close.js'
import type { Purpose, Transport, Watch } from './watch.js'

/** The socket of a TLS connection whose handshake is not done. */
export class Handshake implements Transport {
  readonly watch: Watch
  readonly socket: Socket
  readonly ends: string
  readonly silent = true
  readonly bytesRead = 0
  declare retirement?: AbortController
  declare deadlines?: Map<Purpose, () => void>

  constructor(watch: Watch, socket: Socket) {
    this.watch = watch
    this.socket = socket
    this.ends = endsOf(socket)
    closes.start(socket)
  }

  get protocol(): Protocol {
    return 'tls'
  }

  get gone(): boolean {
    return this.socket.destroyed
  }

  retired(): void {}

  destroy(): void {
    this.socket.destroy()
  }

  release(): void {
    this.watch.handshakes.forget(this.ends, this)
    closes.stop(this.socket)
    unbind(this.socket)
  }
}

const closes = new CloseWatch(function onHandshakeClose() {
  const connection = connectionOf<Handshake>(this)
  if (connection === undefined) return
  const { watch } = connection.transport
  watch.handshakes.forget(connection.transport.ends, connection.transport)
  clearDeadlines(connection)
  watch.tracker.close(connection, 'client', watch.limits.clock.now())
})

/**
 * Takes the connection whose handshake has led to this socket. They have only their ends in common. A layer in
 * between may give sockets other ends (a PROXY protocol). A handshake would then seem to go on for ever, so no more
 * of them are watched.
 */
export function takeHandshake(watch: Watch, socket: Ends): Connection<Transport> | undefined {
  const { handshakes, tracker } = watch
  if (handshakes.size === 0) return undefined
  const connection = handshakes.at(endsOf(socket))
  connection?.transport.release()
  // A socket that has gone has no ends. One that has sent something is older than our watch.
  if (connection !== undefined || socket.remoteAddress === undefined || socket.bytesRead !== 0)
    return connection
  for (const unmatched of handshakes.giveUp()) {
    unmatched.transport.release()
    tracker.close(unmatched, undefined, watch.limits.clock.now())
  }
  return undefined
}
