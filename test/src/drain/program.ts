import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ShutdownOptions } from '@evenkeel/node'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { isMarked } from '../serving.js'
import type { Told } from './programs/tell.js'

/** How a program has ended: by itself with a code, or by a signal. */
export type End = readonly [code: number | null, signal: NodeJS.Signals | null]

/** A program that runs for one test. */
export class Program {
  readonly port: number
  readonly #child: ChildProcessByStdio<null, Readable, Readable>
  readonly #lines: AsyncIterator<string>
  readonly #clients: RawClient[] = []

  /** Runs it, and kills it afterwards if it has not ended. */
  static async run(
    file: string,
    options: ShutdownOptions,
    test: (program: Program) => Promise<void>,
    { auto = false }: { readonly auto?: boolean } = {},
  ): Promise<void> {
    const loaded = auto ? ['--import', '@evenkeel/node/auto'] : []
    const path = join(import.meta.dirname, 'programs', file)
    const child = spawn(process.execPath, [...loaded, path, JSON.stringify(options)], {
      cwd: join(import.meta.dirname, '..', '..'),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'close')
    const errors = text(child.stderr)
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const { value } = await lines.next()
    if (value === undefined) throw new Error(`${file} has failed: ${await errors}`)
    const program = new Program(child, lines, (JSON.parse(value) as Told).port ?? 0)
    try {
      await test(program)
    } finally {
      for (const client of program.#clients) client.close()
      child.kill('SIGKILL')
      await ended
    }
  }

  private constructor(
    child: ChildProcessByStdio<null, Readable, Readable>,
    lines: AsyncIterator<string>,
    port: number,
  ) {
    this.#child = child
    this.#lines = lines
    this.port = port
  }

  async connect(): Promise<RawClient> {
    const client = await RawClient.connect({ port: this.port })
    this.#clients.push(client)
    return client
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** The next thing that it tells. */
  async told(): Promise<Told> {
    const { value } = await this.#lines.next()
    if (value === undefined) throw new Error('the program has ended')
    return JSON.parse(value)
  }

  /** Resolves when it has ended. */
  async ended(): Promise<End> {
    const { exitCode, signalCode } = this.#child
    if (exitCode === null && signalCode === null) await once(this.#child, 'exit')
    return [this.#child.exitCode, this.#child.signalCode]
  }
}

/** Asks whether the program is ready until it is not. True if that answer is the connection's last. */
export async function untilNotReady(client: RawClient): Promise<boolean> {
  for (;;) {
    const response = await client.request('/ready')
    if (response.status === 503) return isMarked(response)
  }
}

/** Sends requests until one is answered as the last; how many were answered, that one included. */
export async function useUntilMarked(client: RawClient): Promise<number> {
  for (let requests = 1; ; requests++) {
    const response = await client.request('/ok')
    if (response.status !== 200 || response.body !== 'ok') throw new Error(`answered ${response.head}`)
    if (isMarked(response)) return requests
  }
}
