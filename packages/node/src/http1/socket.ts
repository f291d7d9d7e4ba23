import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Protocol, Stage } from '@evenkeel/core'
import { unbind } from '../connection/carrier.js'
import { open } from '../connection/open.js'
import type { Purpose, Watch } from '../connection/watch.js'
import { connectionOfSocket, type Http1Connection, type Http1Transport } from './connection.js'
import { dropFurther, isDropping } from './late.js'
import { abandonLinger } from './linger.js'
import { decideAtHeaders } from './mark.js'
import { closes } from './socket-close.js'

/**
 * Starts to watch a socket: at its accept, or at the first request of a connection that is older than the
 * watch (its age then counts from here).
 */
export function accept(watch: Watch, socket: Socket): Http1Connection {
  const watched = connectionOfSocket(socket)
  if (watched !== undefined) return watched
  const connection = open(watch, new WatchedSocket(watch, socket), socket, socket)
  if (connection.stage !== 'closed') closes.start(socket)
  return connection
}

class WatchedSocket implements Http1Transport {
  readonly watch: Watch
  readonly socket: Socket
  declare retirement?: AbortController
  declare deadlines?: Map<Purpose, () => void>
  latest: ServerResponse | undefined = undefined
  extended = false

  constructor(watch: Watch, socket: Socket) {
    this.watch = watch
    this.socket = socket
  }

  get protocol(): Protocol {
    return 'http/1'
  }

  get bytesRead(): number {
    return this.socket.bytesRead
  }

  get silent(): boolean {
    return this.bytesRead === 0
  }

  get gone(): boolean {
    return this.socket.destroyed
  }

  /** The response that is under way becomes the last, if its headers are not sent. */
  retired(): void {
    const connection = connectionOfSocket(this.socket)
    if (connection !== undefined && this.latest !== undefined && !this.latest.headersSent)
      decideAtHeaders(connection, this.latest)
  }

  destroy(): void {
    this.socket.destroy()
  }

  release(): void {
    const connection = connectionOfSocket(this.socket)
    closes.stop(this.socket)
    unbind(this.socket)
    if (connection !== undefined) this.#leave(connection.stage)
  }

  /** Even Keel no longer keeps later requests from the application. */
  #leave(stage: Stage): void {
    const { latest, socket } = this
    if (stage === 'reading' || stage === 'waiting') abandonLinger(socket)
    // Its last response says so already, or a later request was dropped. So it stays the last.
    else if (stage === 'marked' || isDropping(socket)) {
      if (latest?.headersSent === false) latest.shouldKeepAlive = false
      if (latest?.req.complete === true) dropFurther(socket)
    }
  }
}
