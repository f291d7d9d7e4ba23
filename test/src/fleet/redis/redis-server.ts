import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createClient } from 'redis'

const { CI, REDIS_SERVER = 'redis-server' } = process.env

/** Why tests with a Redis are left out, for a test's `skip`. In CI they never are, so that one without it fails. */
export const noRedis: string | false =
  CI === undefined && spawnSync(REDIS_SERVER, ['--version']).status !== 0
    ? 'no Redis was found: install it, or say where redis-server is with REDIS_SERVER'
    : false

/** A Redis of one test file. It listens on a socket of its own, so that no port is taken. */
export class RedisServer {
  readonly path: string
  readonly #folder: string
  readonly #options: readonly string[]
  #process: ChildProcess | undefined

  static async start(...options: string[]): Promise<RedisServer> {
    const server = new RedisServer(await mkdtemp(join(tmpdir(), 'evenkeel-redis-')), options)
    await server.start()
    return server
  }

  private constructor(folder: string, options: readonly string[]) {
    this.#folder = folder
    this.#options = options
    this.path = join(folder, 'redis.sock')
  }

  /** Starts it, with nothing in it. */
  async start(): Promise<void> {
    const listen = ['--port', '0', '--unixsocket', this.path, '--dir', this.#folder]
    const forget = ['--save', '', '--appendonly', 'no']
    const child = spawn(REDIS_SERVER, [...listen, ...forget, ...this.#options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#process = child
    process.once('exit', this.#endWithTest)
    for await (const line of createInterface(child.stdout)) {
      if (line.includes('accept connections at')) {
        child.stdout.resume()
        return
      }
    }
    throw new Error('redis-server has ended at its start')
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    const child = this.#process
    this.#process = undefined
    process.off('exit', this.#endWithTest)
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  /** It answers nothing, and its connections stay open. */
  pause(): void {
    this.#process?.kill('SIGSTOP')
  }

  resume(): void {
    this.#process?.kill('SIGCONT')
  }

  /** Sends one command, on a connection of its own. */
  async run(...command: string[]): Promise<unknown> {
    const client = createClient({ socket: { path: this.path, tls: false, reconnectStrategy: false } })
    client.on('error', () => {})
    await client.connect()
    try {
      return await client.sendCommand(command)
    } finally {
      client.destroy()
    }
  }

  async end(): Promise<void> {
    await this.kill()
    await rm(this.#folder, { recursive: true, force: true })
  }

  readonly #endWithTest = (): void => {
    this.#process?.kill('SIGKILL')
  }
}
