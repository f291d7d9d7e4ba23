import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A Redis of its own, in memory only. */
export class RedisServer {
  readonly url: string
  readonly #process: ChildProcess

  private constructor(process: ChildProcess, port: number) {
    this.#process = process
    this.url = `redis://127.0.0.1:${port}`
  }

  static async start(port = 6_390): Promise<RedisServer> {
    const server = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'])
    for (;;) {
      const [output] = await once(server.stdout, 'data')
      if (String(output).includes('Ready to accept connections')) return new RedisServer(server, port)
    }
  }

  async stop(): Promise<void> {
    this.#process.kill()
    await once(this.#process, 'exit')
  }
}
