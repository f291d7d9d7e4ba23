import { type ChildProcess, fork } from 'node:child_process'
import { on, once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Answer, Command } from './messages.js'

const answerTimeout = 20_000
const endGrace = 2_000

type Answered<Type extends Answer['type']> = Extract<Answer, { type: Type }>

/** One process of the example, and the conversation with it. */
export class Child {
  readonly #name: string
  readonly #process: ChildProcess

  /** Starts a module of this folder in a process of its own. */
  constructor(module: 'server' | 'balancer' | 'clients', parameters: readonly string[] = []) {
    this.#name = module
    const path = fileURLToPath(new URL(`${module}.js`, import.meta.url))
    // Standard output belongs to the example alone: with --json it is one document.
    this.#process = fork(path, parameters, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  }

  /** Sends a command and waits for its answer. */
  async ask<Type extends Answer['type']>(command: Command, type: Type): Promise<Answered<Type>> {
    const answer = this.answer(type)
    // A failed send means that the process is gone, which the answer reports.
    this.#process.send(command, () => {})
    return answer
  }

  /**
   * Waits for an answer; throws when the process ends or stays silent instead.
   *
   * @param patience how long what comes before the answer takes by itself, in milliseconds.
   */
  async answer<Type extends Answer['type']>(type: Type, patience = 0): Promise<Answered<Type>> {
    if (!this.#ended) {
      const timeout = answerTimeout + patience
      const signal = AbortSignal.timeout(timeout)
      try {
        for await (const [answer] of on(this.#process, 'message', { signal, close: ['exit'] })) {
          if (isAnswer(answer, type)) return answer
        }
      } catch (error) {
        if (!signal.aborted) throw error
        throw new Error(`the ${this.#name} process has not answered for ${timeout / 1000} seconds`)
      }
    }
    throw new Error(`the ${this.#name} process ended in the middle of the run (${this.#ending})`)
  }

  /** Asks the process to leave, as whoever deploys does. */
  terminate(): void {
    this.#process.kill('SIGTERM')
  }

  /** Ends the process, and resolves when it is gone. */
  async end(): Promise<void> {
    if (this.#ended) return
    const gone = once(this.#process, 'exit')
    if (this.#process.connected) this.#process.disconnect()
    const grace = setTimeout(() => this.#process.kill('SIGKILL'), endGrace)
    await gone
    clearTimeout(grace)
  }

  get #ended(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null
  }

  get #ending(): string {
    return this.#process.signalCode ?? `exit code ${this.#process.exitCode}`
  }
}

function isAnswer<Type extends Answer['type']>(answer: Answer, type: Type): answer is Answered<Type> {
  return answer.type === type
}
