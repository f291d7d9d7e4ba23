import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Client, Outcome, Phase } from './phase.js'

const source = join(import.meta.dirname, '../../go/http2-client/main.go')

/** It needs the standard library alone, so nothing is to be fetched. */
const env = { ...process.env, GO111MODULE: 'off', GOFLAGS: '', GOTOOLCHAIN: 'local', GOPROXY: 'off' }

const { CI } = process.env

/** Why tests with a client of Go are left out, for a test's `skip`. In CI they never are, so that one without it fails. */
export const noGo: string | false =
  CI === undefined && spawnSync('go', ['version'], { env }).status !== 0
    ? 'no Go was found: install it, so that its HTTP/2 client can be tested'
    : false

/** Go's HTTP/2 client. It writes each frame by itself, and opens connections as it needs them. */
export class GoClients {
  readonly #folder: string

  /** Compiles the program that they run. */
  static async build(): Promise<GoClients> {
    const clients = new GoClients(await mkdtemp(join(tmpdir(), 'evenkeel-go-')))
    await promisify(execFile)('go', ['build', '-o', clients.#program, source], { env })
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
