import type { Command } from './redis.js'

/** What is used of a client of the package `redis`. */
interface Client {
  sendCommand(command: Command): Promise<unknown>
}

/** How long a connection may take to open, in milliseconds. */
const connectTimeout = 2_000

/** What a Redis answers that cannot take reports now. Redis 6 puts the word of a script's command inside the message. */
const unfit = /^(READONLY|LOADING|MASTERDOWN|NOREPLICAS)\b|^ERR .*: -READONLY\b/s

/**
 * One connection to Redis, by the package `redis`. It is over with its first error, and with an answer of a Redis that
 * cannot take reports. It keeps no process running.
 */
export class RedisConnection {
  isOver = false
  readonly #client: Promise<Client>
  #end = (): void => {}

  constructor(url: URL) {
    this.#client = this.#open(url)
    this.#client.catch(() => {
      this.isOver = true
    })
  }

  async send(command: Command): Promise<unknown> {
    const client = await this.#client
    try {
      return await client.sendCommand(command)
    } catch (error) {
      // After a failover the address leads to another Redis, but only for a new connection.
      if (error instanceof Error && unfit.test(error.message)) this.end()
      throw error
    }
  }

  end(): void {
    this.isOver = true
    this.#end()
  }

  async #open(url: URL): Promise<Client> {
    const client = (await load()).createClient({
      url: url.href,
      // Every answer of the scripts reads the same in both.
      RESP: 2,
      disableOfflineQueue: true,
      socket: { connectTimeout, reconnectStrategy: false },
    })
    const dispose = (): void => {
      try {
        client.destroy()
      } catch {
        // Version 5 throws where it is closed already.
      }
    }
    // Without a listener an error would end the process. The command that waits tells of it.
    client.on('error', () => this.end())
    client.unref()
    // A socket that is still opening cannot be closed by its client.
    client.on('connect', () => {
      this.#end = dispose
      if (this.isOver) dispose()
    })
    await client.connect().catch((error) => {
      dispose()
      throw new Error(error.message || error.code || 'it does not answer', { cause: error })
    })
    return client
  }
}

async function load(): Promise<typeof import('redis')> {
  try {
    return await import('redis')
  } catch (error) {
    throw new Error(
      'the package redis is missing: install it (npm install redis), or give { sendCommand } with the client that you have',
      { cause: error },
    )
  }
}
