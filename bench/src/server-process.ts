import { Child } from './child.js'
import { Load } from './load.js'
import type { ServerAnswers, ServerName } from './server.js'
import type { Kind } from './servers/hello.js'

/**
 * `watched`: with Even Keel, while its metrics are scraped and all its events are listened to. `fleet`: with Even Keel, as a
 * member of a fleet.
 */
export type Variant = Kind | 'watched' | 'fleet'

/** A server in a process of its own, and the connections to it. */
export class ServerProcess {
  readonly #child: Child<ServerAnswers>
  readonly #load: Load

  private constructor(child: Child<ServerAnswers>, load: Load) {
    this.#child = child
    this.#load = load
  }

  static async start(name: ServerName, variant: Variant, connections: number): Promise<ServerProcess> {
    const child = new Child<ServerAnswers>(new URL('./server.js', import.meta.url), [name, variant])
    return new ServerProcess(child, await Load.open(await child.ask('port'), connections))
  }

  /** The text of one response, except its date. */
  get response(): string {
    return this.#load.response
  }

  /** The CPU time of the server's process, in microseconds per request, over so many requests. */
  async cpuPerRequest(requests: number): Promise<number> {
    const before = await this.#child.ask('cpu')
    await this.#load.send(requests)
    return ((await this.#child.ask('cpu')) - before) / requests
  }

  async stop(): Promise<void> {
    this.#load.close()
    await this.#child.stop()
  }
}
