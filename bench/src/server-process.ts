import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Load } from './load.js'
import type { ServerName, Told } from './server.js'

/** With Even Keel or without. */
export type Variant = 'bare' | 'evenkeel'

/** A server in a process of its own, and the connections to it. */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly #load: Load

  private constructor(child: ChildProcess, load: Load) {
    this.#child = child
    this.#load = load
  }

  static async start(name: ServerName, variant: Variant, connections: number): Promise<ServerProcess> {
    const child = fork(fileURLToPath(new URL('./server.js', import.meta.url)), [name, variant], {
      env: { ...process.env, NODE_ENV: 'production' },
    })
    child.on('exit', (code) => {
      if (code !== 0) throw new Error(`the ${name} server process ended with ${code}: see its output above`)
    })
    const { port } = await told<{ port: number }>(child)
    return new ServerProcess(child, await Load.open(port, connections))
  }

  /** The text of one response, except its date. */
  get response(): string {
    return this.#load.response
  }

  /** The CPU time of the server's process, in microseconds per request, over so many requests. */
  async cpuPerRequest(requests: number): Promise<number> {
    const before = await this.#cpu()
    await this.#load.send(requests)
    return ((await this.#cpu()) - before) / requests
  }

  async stop(): Promise<void> {
    this.#load.close()
    this.#child.disconnect()
    await once(this.#child, 'exit')
  }

  async #cpu(): Promise<number> {
    this.#child.send('cpu')
    return (await told<{ cpu: number }>(this.#child)).cpu
  }
}

async function told<Expected extends Told>(child: ChildProcess): Promise<Expected> {
  const [message] = await once(child, 'message')
  return message
}
