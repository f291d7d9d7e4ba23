import { RedisConnection } from './connection.js'
import { type Command, type Redis, unlessAborted } from './redis.js'

/** A Redis by its address. It opens a connection with the first command, and another one where that has failed. */
export class Opened implements Redis {
  readonly name: string
  readonly #url: URL
  #connection: RedisConnection | undefined

  constructor(url: URL) {
    this.#url = url
    this.name = `${url.protocol}//${url.host}${url.pathname}`
  }

  async send(command: Command, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted()
    if (this.#connection === undefined || this.#connection.isOver) {
      this.#connection = new RedisConnection(this.#url)
    }
    const connection = this.#connection
    // An answer that is late blocks those behind it. The next command may be sent in this very turn.
    const end = (): void => connection.end()
    signal.addEventListener('abort', end)
    try {
      return await unlessAborted(connection.send(command), signal)
    } finally {
      signal.removeEventListener('abort', end)
    }
  }

  close(): void {
    this.#connection?.end()
    this.#connection = undefined
  }
}
