import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, type Server, type Socket } from 'node:net'
import { setImmediate, setTimeout } from 'node:timers/promises'
import type { World } from './world.js'

/** How long nothing may happen before a connection is taken for one that nobody ends, in milliseconds. */
const patience = 100

/**
 * Both ends of a connection, in one process: so it can be seen when all that was written has been read, and each part
 * of a script arrives by itself.
 */
export class Line {
  readonly client: Socket
  readonly #peer: Socket
  readonly #world: World
  #received: Buffer[] = []
  #isPaused = false
  #events = 0
  ended: 'fin' | 'reset' | 'not at all' = 'not at all'

  static async open(server: Server, world: World): Promise<Line> {
    const accepted = once(server, 'connection')
    const { port } = server.address() as AddressInfo
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    await once(client, 'connect')
    const [peer] = await accepted
    return new Line(client, peer, world)
  }

  private constructor(client: Socket, peer: Socket, world: World) {
    this.client = client
    this.#peer = peer
    this.#world = world
    const end = (how: 'fin' | 'reset') => (): void => {
      this.#events++
      if (this.ended === 'not at all') this.ended = how
    }
    client.on('data', (data) => this.#received.push(data))
    client.on('end', end('fin'))
    client.on('error', end('reset'))
    client.on('close', end('reset'))
    peer.on('close', () => this.#events++)
  }

  /** In latin1. */
  get received(): string {
    return Buffer.concat(this.#received).toString('latin1')
  }

  get isClosed(): boolean {
    return this.client.closed && this.#peer.closed
  }

  async write(text: string): Promise<void> {
    if (text === '' || !this.client.writable) return
    this.client.write(text, 'latin1')
    await this.settle()
  }

  pause(): void {
    this.#isPaused = true
    this.client.pause()
  }

  resume(): void {
    this.#isPaused = false
    this.client.resume()
  }

  end(): void {
    if (this.client.writable) this.client.end()
  }

  reset(): void {
    // Node cannot reset a socket that is ending: it would never close.
    if (this.client.writableEnded) this.client.destroy()
    else this.client.resetAndDestroy()
  }

  /** Sends without a wait: what comes next may be read together with it. */
  send(text: string): void {
    if (text !== '' && this.client.writable) this.client.write(text, 'latin1')
  }

  /** Resolves when nothing happens any more, until somebody does something. */
  async settle(): Promise<void> {
    let before = -1
    for (let quiet = 0; quiet < (this.#isDelivered ? 3 : 12) || this.#world.timers > 0; quiet++) {
      await setImmediate()
      const now = this.#progress
      if (now !== before) quiet = 0
      before = now
    }
  }

  /** Resolves when both ends are closed, or nobody seems to close them. */
  async over(): Promise<void> {
    await this.settle()
    for (let waited = 0; waited < patience && !this.isClosed; waited++) {
      const before = this.#progress
      await setTimeout(1)
      if (this.#progress !== before) waited = 0
    }
  }

  /** The client goes away, and the server has to notice. */
  leave(): void {
    this.client.destroy()
  }

  cut(): void {
    this.client.destroy()
    this.#peer.destroy()
  }

  get #progress(): number {
    const { client } = this
    return (
      client.bytesRead +
      client.bytesWritten +
      this.#peer.bytesRead +
      this.#peer.bytesWritten +
      this.#events +
      this.#world.seen.length
    )
  }

  /** A server that does not want to read, or has left, leaves this false: nobody can know what is still to come. */
  get #isDelivered(): boolean {
    const { client } = this
    const there =
      this.#peer.bytesRead >= client.bytesWritten && (!client.writableEnded || this.#peer.readableEnded)
    const back = this.#isPaused || client.bytesRead >= this.#peer.bytesWritten
    return (there || this.#peer.closed) && (back || client.closed)
  }
}
