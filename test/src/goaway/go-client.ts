import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { compile } from '../go.js'
import type { Client, Outcome, Phase } from './phase.js'

/** Go's HTTP/2 client. It writes each frame by itself, and opens connections as it needs them. */
export class GoClients {
  readonly #folder: string

  /** Compiles the program that they run. */
  static async build(): Promise<GoClients> {
    const clients = new GoClients(await mkdtemp(join(tmpdir(), 'evenkeel-go-')))
    await compile('http2-client', clients.#program)
    return clients
  }

  private constructor(folder: string) {
    this.#folder = folder
  }

  get #program(): string {
    return join(this.#folder, 'client')
  }

  readonly start = (): Client => {
    const child = spawn(this.#program, { stdio: ['pipe', 'pipe', 'inherit'] })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const failed = once(child, 'error').then(([error]) => Promise.reject(error))
    // It may be killed at any time.
    child.stdin.on('error', () => {})
    failed.catch(() => {})
    return {
      async perform(phase: Phase): Promise<Outcome> {
        child.stdin.write(`${JSON.stringify(phase)}\n`)
        const { value } = await Promise.race([lines.next(), failed])
        if (value === undefined) throw new Error('the client of Go has ended')
        return JSON.parse(value)
      },
      close: () => void child.kill(),
    }
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true })
  }
}
