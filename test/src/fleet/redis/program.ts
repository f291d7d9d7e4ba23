import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { FleetState } from '@evenkeel/node'

/** What the program tells. */
interface Told {
  readonly port?: number
  readonly state?: FleetState
  readonly warning?: string
}

/** A server in a process of its own. */
export class Program {
  readonly told: Told[] = []
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #errors: Promise<string>
  #heard = (): void => {}

  /** Runs it, and kills it afterwards if it has not ended. */
  static async run(
    settings: { readonly url: string; readonly interval?: number },
    test: (program: Program) => Promise<void>,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const program = new Program(settings, environment)
    try {
      await test(program)
    } finally {
      program.#child.kill('SIGKILL')
    }
  }

  private constructor(settings: object, environment: Readonly<Record<string, string>>) {
    const path = join(import.meta.dirname, 'programs', 'member.js')
    this.#child = spawn(process.execPath, ['--no-warnings', path, JSON.stringify(settings)], {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#errors = text(this.#child.stderr)
    createInterface(this.#child.stdout).on('line', (line) => {
      this.told.push(JSON.parse(line))
      this.#heard()
    })
  }

  /** Resolves when it has told something like that. */
  async tells(isMeant: (told: Told) => boolean): Promise<Told> {
    for (;;) {
      const found = this.told.find(isMeant)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => {
        this.#heard = resolve
      })
    }
  }

  do(line: string): void {
    this.#child.stdin.write(`${line}\n`)
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** Closes its server. What keeps it from its end then is not its own. */
  async ends(): Promise<{ code: number | null; errors: string }> {
    const ended = once(this.#child, 'close')
    this.do('close')
    const [code] = await ended
    return { code, errors: await this.#errors }
  }
}
