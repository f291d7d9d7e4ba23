import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { createServer as createSecureServer, type TlsOptions } from 'node:tls'

/** A port in front of a Redis that can be slow, or closed. */
export class Relay {
  port = 0
  /** The socket of the Redis that new connections lead to. */
  path: string
  /** How late each answer is, in milliseconds. */
  delay = 0
  /** What the clients have sent. */
  sent = ''
  /** How many answers have gone to the clients. */
  answers = 0
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  /** @param tls what it is secured with; default nothing. */
  static async open(path: string, tls?: TlsOptions): Promise<Relay> {
    const relay = new Relay(path, tls)
    await relay.open()
    return relay
  }

  private constructor(path: string, tls: TlsOptions | undefined) {
    this.path = path
    const join = (socket: Socket): void => this.#join(socket)
    this.#server = tls === undefined ? createServer(join) : createSecureServer(tls, join)
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  get isOpen(): boolean {
    return this.#server.listening
  }

  /** How many clients are connected. */
  get clients(): number {
    return this.#sockets.size / 2
  }

  async open(): Promise<void> {
    this.#server.listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.port = (this.#server.address() as AddressInfo).port
  }

  /** Cuts what is connected, and refuses what comes. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.cut()
    await closed
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  #join(client: Socket): void {
    const redis = connect(this.path)
    for (const [socket, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.once('end', () => other.end())
      socket.once('close', () => {
        this.#sockets.delete(socket)
        other.destroy()
      })
    }
    client.on('data', (data) => {
      this.sent += data
      redis.write(data)
    })
    redis.on('data', (data) => {
      const answer = (): void => {
        this.answers++
        if (!client.destroyed) client.write(data)
      }
      if (this.delay === 0) answer()
      else setTimeout(answer, this.delay).unref()
    })
  }
}
